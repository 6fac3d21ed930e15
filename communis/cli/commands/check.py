import argparse

from django.utils.translation import gettext as _

from communis.cli.checking import what_is_wrong
from communis.cli.result import Result

NAME = "check"
HELP = _("say what is wrong with this installation, if anything is")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """None of its own."""


def run(arguments: argparse.Namespace) -> Result:
    wrong = what_is_wrong()
    data = {"wrong": [refusal._asdict() for refusal in wrong]}
    if wrong:
        return Result("\n".join(refusal.sentence for refusal in wrong), data, failed=True)
    return Result(_("Nothing is wrong."), data)
