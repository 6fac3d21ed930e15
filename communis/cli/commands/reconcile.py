import argparse
from dataclasses import asdict

from django.utils.translation import gettext as _

from communis.behind_the_scenes import reconciling as behind_the_scenes
from communis.cli.result import Result
from communis.conversations import reconciling
from communis.widening import reconciling as openings

NAME = "reconcile"
HELP = _("look whether everything that was said is accounted for; changes nothing")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """None of its own."""


def run(arguments: argparse.Namespace) -> Result:
    found = [*reconciling.differences(), *openings.differences(), *behind_the_scenes.differences()]
    data = {"difference": sum(each.count for each in found), "differences": [asdict(each) for each in found]}
    if not found:
        return Result(_("Difference 0: everything agrees."), data)
    lines = [f"{each.what}: {each.count} ({', '.join(each.first)})" for each in found]
    return Result("\n".join(lines), data, failed=True)
