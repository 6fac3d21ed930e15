"""What the organisation is called. The first steward writes it; a setting can say otherwise."""

from django.conf import settings
from django.db import models


class Organisation(models.Model):
    """One row, number 1."""

    name = models.CharField(max_length=120)


def organisation_name() -> str:
    """The name that stands on every page; empty before anyone wrote it."""
    if settings.ORGANISATION_NAME:
        return str(settings.ORGANISATION_NAME)
    return Organisation.objects.filter(id=1).values_list("name", flat=True).first() or ""
