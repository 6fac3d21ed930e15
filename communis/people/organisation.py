"""What the organisation is called. The first steward writes it; a setting can say otherwise."""

from django.conf import settings
from django.db import connection, models


class Organisation(models.Model):
    """One row, number 1."""

    name = models.CharField(max_length=120)


def organisation_name() -> str:
    """The name that stands on every page; empty before anyone wrote it."""
    if settings.ORGANISATION_NAME:
        return str(settings.ORGANISATION_NAME)
    with connection.cursor() as cursor:
        # Plain, because every page asks.
        cursor.execute("SELECT name FROM communis_organisation WHERE id = 1")
        row = cursor.fetchone()
    return str(row[0]) if row is not None else ""
