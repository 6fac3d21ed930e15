import argparse
from dataclasses import asdict

from django.utils.translation import gettext as _

from communis.behind_the_scenes import reconciling as behind_the_scenes
from communis.channels.email import reconciling as mail
from communis.cli.result import Result
from communis.conversations import reconciling
from communis.search import reconciling as found_by_words
from communis.widening import reconciling as openings

NAME = "reconcile"
HELP = _("look whether everything that was said is accounted for; without --mend it changes nothing")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--mend",
        action="store_true",
        help=_("first write anew what thoughts are found by, which is made from their words alone"),
    )


def run(arguments: argparse.Namespace) -> Result:
    mended = found_by_words.mend() if arguments.mend else 0
    found = [
        *reconciling.differences(),
        *openings.differences(),
        *behind_the_scenes.differences(),
        *found_by_words.differences(),
        *mail.differences(),
    ]
    data = {
        "difference": sum(each.count for each in found),
        "differences": [asdict(each) for each in found],
        "mended": mended,
    }
    if not found:
        return Result(_("Difference 0: everything agrees."), data)
    lines = [f"{each.what}: {each.count} ({', '.join(each.first)})" for each in found]
    return Result("\n".join(lines), data, failed=True)
