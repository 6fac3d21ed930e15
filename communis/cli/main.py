"""The command ``communis``: finds the commands, reads the words after it, runs one, says how it went.

Exit code 0 when it went well, 1 when it did not, 2 when the words could not be understood.
"""

import argparse
import importlib
import os
import pkgutil
import sys
from types import ModuleType
from typing import NoReturn

import django

from communis.cli import commands
from communis.cli.data_folder import make_data_folder
from communis.cli.log import where
from communis.cli.result import Result, say
from communis.environment import SettingError

# The commands that may begin with nothing; the others should say that the folder is missing.
BEGIN_WITH_NOTHING = {"migrate", "serve"}


class WrongUsage(Exception):
    """The words after ``communis`` cannot be understood; the message says which."""


class Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise WrongUsage(f"{self.format_usage()}{self.prog}: {message}")


def main(words: list[str] | None = None) -> int:
    words = sys.argv[1:] if words is None else words
    as_json = "--json" in words
    try:
        if words and words[0] in BEGIN_WITH_NOTHING:
            make_data_folder()
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "communis.settings")
        django.setup()
        arguments = build_parser(all_commands()).parse_args(words)
        result: Result = arguments.run(arguments)
    except WrongUsage as error:
        say(Result(f"{error}", failed=True), as_json=as_json)
        return 2
    except (SettingError, OSError) as error:
        result = Result(f"{error}", failed=True)
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        # Only where it happened: the message of an unforeseen error could carry words.
        result = Result(f"Communis has a fault: {type(error).__name__} in {where(error)}.", failed=True)
    say(result, as_json=as_json)
    return 1 if result.failed else 0


def all_commands() -> list[ModuleType]:
    names = sorted(module.name for module in pkgutil.iter_modules(commands.__path__))
    return [importlib.import_module(f"{commands.__name__}.{name}") for name in names]


def build_parser(found: list[ModuleType]) -> Parser:
    parser = Parser(prog="communis")
    chosen = parser.add_subparsers(metavar="COMMAND", required=True)
    for command in found:
        subparser = chosen.add_parser(command.NAME, help=command.HELP, description=command.HELP)
        subparser.add_argument("--json", action="store_true", help="answer with one JSON object")
        command.add_arguments(subparser)
        subparser.set_defaults(run=command.run)
    return parser
