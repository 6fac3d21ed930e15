import argparse
from dataclasses import asdict
from pathlib import Path

from django.utils.translation import gettext as _

from communis.channels.importers.trials.importing import Outcome, counts, import_trials
from communis.cli.result import Result
from communis.conversations.refusals import Refused
from communis.people.people_here import steward_for_commands

NAME = "trials"
HELP = _("bring in a list of what was tried, as a spreadsheet saves it (CSV)")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("action", choices=["import"], help=_("import: bring it in for all employees to read"))
    parser.add_argument("file", type=Path, help=_("the list; docs/already-tried.csv is one to begin with"))
    parser.add_argument(
        "--dry-run", action="store_true", help=_("say what would become of each row, and change nothing")
    )
    parser.add_argument(
        "--as", dest="steward", default="", help=_("the address of the steward who brings it in")
    )


def run(arguments: argparse.Namespace) -> Result:
    steward = steward_for_commands(arguments.steward)
    try:
        if steward is None:
            raise Refused(
                _("No steward signs in with that address. Start communis serve and make one first.")
            )
        if not arguments.file.is_file():
            raise Refused(_("there is no such file"))
        judged = import_trials(arguments.file.read_bytes(), by=steward, dry_run=arguments.dry_run)
    except Refused as refusal:
        return Result(f"{arguments.file}, {refusal.message}", failed=True)
    counted = counts(judged)
    words = _("Would bring in: %(added)d.") if arguments.dry_run else _("Brought in: %(added)d.")
    words += " " + _("Already there: %(there)d. Refused: %(refused)d.")
    said = words % {
        "added": counted[Outcome.ADDED],
        "there": counted[Outcome.THERE],
        "refused": counted[Outcome.REFUSED],
    }
    lines = [said]
    lines += [_("  row %(number)d: %(why)s") % asdict(one) for one in judged if one.why]
    lines += [
        _("  row %(number)d: look once more at %(words)s")
        % {"number": one.number, "words": ", ".join(one.look_at)}
        for one in judged
        if one.look_at
    ]
    rows = [asdict(one) for one in judged if one.outcome == Outcome.REFUSED or one.look_at]
    return Result("\n".join(lines), {**counted, "rows": rows})
