import argparse
import sys

from django.conf import settings
from django.utils.translation import gettext as _

from communis.cli.commands import migrate
from communis.cli.demonstration.building import build
from communis.cli.demonstration.resetting import NotReset, empty
from communis.cli.result import Result

NAME = "demo"
HELP = _("fill an empty demonstration with invented people and words")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--language",
        choices=["sv", "en"],
        default=settings.DEMONSTRATION_LANGUAGE,
        help=_("of what people say there"),
    )
    parser.add_argument(
        "--reset", action="store_true", help=_("empty it first, with all that was said in it")
    )


def run(arguments: argparse.Namespace) -> Result:
    if not settings.DEMONSTRATION:
        return Result(
            _("This is not a demonstration. Start bin/communis, which keeps one in its own folder."),
            failed=True,
        )
    if arguments.language not in dict(settings.LANGUAGES):
        return Result(_("COMMUNIS_DEMONSTRATION_LANGUAGE is sv or en."), failed=True)
    if arguments.reset:
        try:
            empty()
        except NotReset as refusal:
            return Result(str(refusal), failed=True)
        migrate.run(arguments)
    if not build(arguments.language, _tell):
        sentence = _(
            "There are people here already; nothing was changed. To begin again: communis demo --reset"
        )
        return Result(sentence, {"built": False})
    return Result(_("The demonstration is ready."), {"built": True})


def _tell(per_cent: int) -> None:
    """Progress for whoever waits."""
    print(_("The demonstration: %(done)d %%") % {"done": per_cent}, file=sys.stderr, flush=True)
