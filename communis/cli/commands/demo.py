import argparse

from django.conf import settings
from django.utils.translation import gettext as _

from communis.cli.demonstration.building import build
from communis.cli.result import Result

NAME = "demo"
HELP = _("fill an empty demonstration with invented people and words")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--language", choices=["sv", "en"], default="sv", help=_("of what people say there"))


def run(arguments: argparse.Namespace) -> Result:
    if not settings.DEMONSTRATION:
        return Result(
            _("This is not a demonstration. Start bin/communis, which keeps one in its own folder."),
            failed=True,
        )
    if not build(arguments.language):
        return Result(_("There are people here already; nothing was changed."), {"built": False})
    return Result(_("The demonstration is ready."), {"built": True})
