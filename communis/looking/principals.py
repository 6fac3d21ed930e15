"""What an audience names and a viewer holds: the public, the organisation, a circle, a person, a receipt."""

from django.db import models


class Principal(models.Model):
    """One row each for the public and the organisation; one for every person, circle and receipt."""

    class Kind(models.IntegerChoices):
        PUBLIC = 0
        ORGANISATION = 1
        CIRCLE = 2
        PERSON = 3
        RECEIPT = 4

    kind = models.SmallIntegerField(choices=Kind)


# The two rows that the first migration makes.
PUBLIC = 1
ORGANISATION = 2
