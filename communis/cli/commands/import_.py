import argparse
import sys
from pathlib import Path

from django.utils.translation import gettext as _

from communis.channels.importers.mailbox.importing import MailboxRefused, import_mailbox
from communis.channels.importers.mailbox.report import MailReport
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

# The form is known by looking; each name is understood, because people call it by the one they have.
MAILBOXES = ("mbox", "maildir", "eml")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "kind",
        choices=["wxr", "pictures", *MAILBOXES],
        help=_(
            "WordPress: wxr for an export, pictures for its pictures, which are links until then."
            " Mails: mbox, maildir or eml."
        ),
    )
    parser.add_argument(
        "file", type=Path, nargs="?", help=_("the export, the mailbox or its folder; for pictures none")
    )
    parser.add_argument(
        "--dry-run", action="store_true", help=_("say what would be brought in, and change nothing")
    )
    parser.add_argument(
        "--as", dest="steward", default="", help=_("the address of the steward who brings it in")
    )
    readers = parser.add_mutually_exclusive_group()
    readers.add_argument("--public", action="store_true", help=_("mails: anyone may read them"))
    readers.add_argument(
        "--circle", default="", help=_("mails: those in this circle may read them; the steward is in it")
    )


def run(arguments: argparse.Namespace) -> Result:
    if arguments.kind in MAILBOXES:
        return _mails(arguments)
    if arguments.public or arguments.circle:
        refusal = ImportRefused(_("--public and --circle are for mails. Leave them out."))
        return Result(str(refusal), refusal.as_dict(arguments.kind), failed=True)
    return _pictures(arguments) if arguments.kind == "pictures" else _blog(arguments)


def _blog(arguments: argparse.Namespace) -> Result:
    steward = steward_for_commands(arguments.steward)
    try:
        if arguments.file is None or not arguments.file.is_file():
            raise ImportRefused(_("there is no such file"))
        if steward is None:
            raise ImportRefused(_nobody())
        report = import_wxr(arguments.file, by=steward, dry_run=arguments.dry_run, progress=_tell)
    except ImportRefused as refusal:
        return Result(
            f"{arguments.file}, {refusal}", refusal.as_dict(str(arguments.file or "wxr")), failed=True
        )
    said = report.as_dict()
    words = _("Would bring in: %(added)s.") if arguments.dry_run else _("Brought in: %(added)s.")
    added = ", ".join(f"{count} {kind}" for kind, count in said["added"].items())
    return Result(words % {"added": added}, said)


def _mails(arguments: argparse.Namespace) -> Result:
    steward = steward_for_commands(arguments.steward)
    try:
        if arguments.file is None:
            raise MailboxRefused(_("Say which file or folder holds the mails."))
        if steward is None:
            raise MailboxRefused(_nobody())
        report = import_mailbox(
            arguments.file,
            by=steward,
            circle=arguments.circle,
            public=arguments.public,
            dry_run=arguments.dry_run,
            progress=_tell,
        )
    except MailboxRefused as refusal:
        return Result(str(refusal), refusal.as_dict(str(arguments.file or arguments.kind)), failed=True)
    return Result("\n".join(_lines(report, arguments.dry_run)), report.as_dict())


def _lines(report: MailReport, dry_run: bool) -> list[str]:
    if dry_run:
        words = _("Would bring in %(added)d of %(read)d mails; %(conversations)d conversations would begin.")
    else:
        words = _("Brought in %(added)d of %(read)d mails; %(conversations)d conversations begin with them.")
    lines = [words % vars(report)]
    if report.already_there or report.twice:
        lines.append(_("Here already: %(already_there)d. Twice in this mailbox: %(twice)d.") % vars(report))
    if report.left_out:
        kinds = ", ".join(f"{count} {kind}" for kind, count in sorted(report.left_out.items()))
        lines.append(_("Left out, because a program wrote it: %(kinds)s.") % {"kinds": kinds})
    if report.files_total:
        lines.append(_("Files that do not come along: %(files_total)d.") % vars(report))
        lines += [f"  {file['where']}: {file['name']}" for file in report.files]
    if report.refused_total:
        lines.append(_("Cannot be brought in: %(refused_total)d.") % vars(report))
        lines += [f"  {refused['where']}: {refused['why']}" for refused in report.refused]
    return lines


def _pictures(arguments: argparse.Namespace) -> Result:
    """Of all blogs that came in; the pictures are counted together."""
    steward = steward_for_commands(arguments.steward)
    try:
        if arguments.file is not None:
            raise ImportRefused(_("pictures are fetched for the blogs that are here, without a file"))
        if steward is None:
            raise ImportRefused(_nobody())
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


def _nobody() -> str:
    return _("No steward signs in with that address. Start communis serve and make one first.")


def _tell(done: int, total: int) -> None:
    """Progress for whoever waits; every hundredth, so that a log stays short."""
    if done and (done % 100 == 0 or done == total):
        said = _("%(done)d of %(total)d") if total else _("%(done)d read")
        print(said % {"done": done, "total": total}, file=sys.stderr, flush=True)
