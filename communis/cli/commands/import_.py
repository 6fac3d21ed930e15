import argparse
import sys
from pathlib import Path

from django.utils.translation import gettext as _

from communis.channels.importers.wxr.importing import ImportRefused, import_wxr
from communis.cli.result import Result
from communis.people.people_here import steward_for_commands

NAME = "import"
HELP = _("bring in what was written elsewhere")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("kind", choices=["wxr"], help=_("wxr: an export from WordPress"))
    parser.add_argument("file", type=Path)
    parser.add_argument(
        "--dry-run", action="store_true", help=_("say what would be brought in, and change nothing")
    )
    parser.add_argument(
        "--as", dest="steward", default="", help=_("the address of the steward who gets the drafts")
    )


def run(arguments: argparse.Namespace) -> Result:
    steward = steward_for_commands(arguments.steward)
    try:
        if not arguments.file.is_file():
            raise ImportRefused(_("there is no such file"))
        if steward is None:
            raise ImportRefused(
                _("No steward signs in with that address. Start communis serve and make one first.")
            )
        report = import_wxr(arguments.file, by=steward, dry_run=arguments.dry_run, progress=_tell)
    except ImportRefused as refusal:
        return Result(f"{arguments.file}, {refusal}", refusal.as_dict(str(arguments.file)), failed=True)
    said = report.as_dict()
    words = _("Would bring in: %(added)s.") if arguments.dry_run else _("Brought in: %(added)s.")
    added = ", ".join(f"{count} {kind}" for kind, count in said["added"].items())
    return Result(words % {"added": added}, said)


def _tell(done: int, total: int) -> None:
    """Progress for whoever waits; every hundredth, so that a log stays short."""
    if total and (done % 100 == 0 or done == total):
        print(_("%(done)d of %(total)d") % {"done": done, "total": total}, file=sys.stderr, flush=True)
