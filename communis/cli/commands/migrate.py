import argparse
import sys

from django.core.management import call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils.translation import gettext as _

from communis.cli.result import Result

NAME = "migrate"
HELP = _("bring the database up to this version")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """None of its own."""


def run(arguments: argparse.Namespace) -> Result:
    before = applied()
    call_command("migrate", interactive=False, verbosity=1, stdout=sys.stderr)
    steps = sorted(f"{app}.{name}" for app, name in applied() - before)
    return Result(
        _("The database is up to date; %(count)d steps.") % {"count": len(steps)}, {"applied": steps}
    )


def applied() -> set[tuple[str, str]]:
    return set(MigrationRecorder(connection).applied_migrations())
