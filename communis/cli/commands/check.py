import argparse

from django.utils.translation import gettext as _

from communis.cli.checking import what_is_wrong
from communis.cli.left_to_say import left_to_say
from communis.cli.result import Result

NAME = "check"
HELP = _("say what is wrong with this installation, if anything is")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """None of its own."""


def run(arguments: argparse.Namespace) -> Result:
    wrong = what_is_wrong()
    if wrong:
        data = {"wrong": [refusal._asdict() for refusal in wrong]}
        return Result("\n".join(refusal.sentence for refusal in wrong), data, failed=True)
    left = left_to_say()
    said = [_("Nothing is wrong.")]
    if left:
        said.append(_("Before people are let in, say also:"))
        said += [f"- {setting}: {why}" for setting, why in left.items()]
    return Result("\n".join(said), {"wrong": [], "left_to_say": list(left)})
