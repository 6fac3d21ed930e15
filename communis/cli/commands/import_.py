import argparse
import sys
from pathlib import Path

from django.utils.translation import gettext as _

from communis.channels.importers.pictures import (
    PicturesReport,
    fetch_pictures,
    look,
    sources_here,
    together,
)
from communis.channels.importers.wxr.importing import ImportRefused, import_wxr
from communis.cli.result import Result
from communis.people.people_here import steward_for_commands

NAME = "import"
HELP = _("bring in what was written elsewhere")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "kind",
        choices=["wxr", "pictures"],
        help=_(
            "wxr: an export from WordPress; pictures: of the blogs that came in, which are links until then"
        ),
    )
    parser.add_argument("file", type=Path, nargs="?", help=_("the export; for pictures none"))
    parser.add_argument(
        "--dry-run", action="store_true", help=_("say what would be brought in, and change nothing")
    )
    parser.add_argument(
        "--as", dest="steward", default="", help=_("the address of the steward who gets the drafts")
    )


def run(arguments: argparse.Namespace) -> Result:
    return _pictures(arguments) if arguments.kind == "pictures" else _blog(arguments)


def _blog(arguments: argparse.Namespace) -> Result:
    steward = steward_for_commands(arguments.steward)
    try:
        if arguments.file is None or not arguments.file.is_file():
            raise ImportRefused(_("there is no such file"))
        if steward is None:
            raise _nobody()
        report = import_wxr(arguments.file, by=steward, dry_run=arguments.dry_run, progress=_tell)
    except ImportRefused as refusal:
        return Result(
            f"{arguments.file}, {refusal}", refusal.as_dict(str(arguments.file or "wxr")), failed=True
        )
    said = report.as_dict()
    words = _("Would bring in: %(added)s.") if arguments.dry_run else _("Brought in: %(added)s.")
    added = ", ".join(f"{count} {kind}" for kind, count in said["added"].items())
    return Result(words % {"added": added}, said)


def _pictures(arguments: argparse.Namespace) -> Result:
    """Of all blogs that came in; the pictures are counted together."""
    steward = steward_for_commands(arguments.steward)
    try:
        if arguments.file is not None:
            raise ImportRefused(_("pictures are fetched for the blogs that are here, without a file"))
        if steward is None:
            raise _nobody()
        if arguments.dry_run:
            reports = [look(source) for source in sources_here()]
        else:
            reports = [fetch_pictures(source, by=steward, progress=_tell) for source in sources_here()]
    except ImportRefused as refusal:
        said = PicturesReport(refused=[{"where": "pictures", "why": refusal.why}], refused_total=1).as_dict()
        return Result(str(refusal), said, failed=True)
    report = together(reports)
    if arguments.dry_run:
        words = _("%(read)d pictures in %(posts)d posts are still links. Nothing was fetched.")
    else:
        words = _("Fetched %(added)d of %(read)d pictures; %(refused_total)d stay links.")
    lines = [words % vars(report)]
    if arguments.dry_run:
        lines += [f"  {host}: {count}" for host, count in report.hosts.most_common()]
    lines += [f"  {refused['where']}: {refused['why']}" for refused in report.refused]
    return Result("\n".join(lines), report.as_dict())


def _nobody() -> ImportRefused:
    return ImportRefused(_("No steward signs in with that address. Start communis serve and make one first."))


def _tell(done: int, total: int) -> None:
    """Progress for whoever waits; every hundredth, so that a log stays short."""
    if total and (done % 100 == 0 or done == total):
        print(_("%(done)d of %(total)d") % {"done": done, "total": total}, file=sys.stderr, flush=True)
