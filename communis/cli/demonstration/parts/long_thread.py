"""Conversation 4: the long thread. Its headline is said more simply, and one branch gets a place of its own."""

from collections.abc import Iterator

from communis.cli.demonstration.spoken import spoken
from communis.cli.demonstration.texts import in_language, text_file
from communis.cli.demonstration.timeline import Happening
from communis.cli.demonstration.town import Town
from communis.conversations.moving import move
from communis.conversations.restating import adopt
from communis.conversations.simpler import wish_simpler


def happenings(town: Town) -> Iterator[Happening]:
    yield from spoken(town, "long_thread")
    yield Happening(town.at("12 08:20"), lambda: _nadja_adopts(town))
    yield Happening(town.at("12 10:30"), lambda: _marit_wishes(town))
    yield Happening(town.at(text_file("moving")["at"]), lambda: _tomas_moves(town))


def _nadja_adopts(town: Town) -> None:
    adopt(town.line("long_thread.simpler", "nadja"), by=town.persons["nadja"])


def _marit_wishes(town: Town) -> None:
    wish_simpler(town.line("long_thread.theory", "marit"), by=town.persons["marit"])


def _tomas_moves(town: Town) -> None:
    summary = in_language(text_file("moving"), town.language)
    move(town.line("long_thread.theory", "tomas"), summary, by=town.persons["tomas"])
