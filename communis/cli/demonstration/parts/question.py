"""Conversation 1: Karin's question, with simpler words above it."""

from collections.abc import Iterator

from communis.cli.demonstration.spoken import spoken
from communis.cli.demonstration.timeline import Happening
from communis.cli.demonstration.town import Town
from communis.conversations.restating import adopt


def happenings(town: Town) -> Iterator[Happening]:
    yield from spoken(town, "question")
    yield Happening(
        town.at("15 08:05"), lambda: adopt(town.line("question.simpler", "karin"), by=town.persons["karin"])
    )
