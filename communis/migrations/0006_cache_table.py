"""The table in which sign-in attempts are counted, shared by all web workers."""

from django.core.management import call_command
from django.db import migrations


def make(apps, schema_editor):
    call_command("createcachetable", database=schema_editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):
    dependencies = [("communis", "0005_invitations")]

    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
