"""The rungs of openness. Draft is no rung of a share: drafts are a table of their own (gate rule 19)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Rung(models.IntegerChoices):
    """How open a share is, from narrow to wide."""

    DIRECT = 1, _("Direct")
    CIRCLE = 2, _("Circle")
    ORGANISATION = 3, _("All employees")
    PUBLIC = 4, _("Open to anyone")
