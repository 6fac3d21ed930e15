"""The two principals that every installation has."""

from django.db import connection, migrations

from communis.looking.principals import ORGANISATION, PUBLIC


def make(apps, schema_editor):
    Principal = apps.get_model("communis", "Principal")
    Principal.objects.create(id=PUBLIC, kind=0)
    Principal.objects.create(id=ORGANISATION, kind=1)
    if connection.vendor == "postgresql":
        schema_editor.execute("SELECT setval(pg_get_serial_sequence('communis_principal', 'id'), 100)")


class Migration(migrations.Migration):
    dependencies = [("communis", "0001_first")]

    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
