"""Conversation 6: what Johan has begun and nobody else sees."""

from collections.abc import Iterator

from communis.cli.demonstration.texts import in_language, text_file
from communis.cli.demonstration.timeline import Happening
from communis.cli.demonstration.town import Town
from communis.conversations.drafting import keep_for_later


def happenings(town: Town) -> Iterator[Happening]:
    about = text_file("draft")
    words = in_language(about, town.language)
    yield Happening(town.at(about["at"]), lambda: keep_for_later(words, by=town.persons[about["who"]]))
