"""Conversation 5: Karin's blog, brought in by the steward through the product's own importer."""

from collections.abc import Iterator
from functools import partial
from html import unescape
from typing import Any

from communis.channels.importers.running import ask_for_import, bring_it_in, run_next
from communis.cli.demonstration.blog_export import blog_export, comments_of
from communis.cli.demonstration.texts import in_language, text_file
from communis.cli.demonstration.timeline import Happening
from communis.cli.demonstration.town import STEWARD, Town
from communis.conversations.contributing import contribute
from communis.conversations.gate import Seen
from communis.conversations.listing import conversations
from communis.conversations.reading import shares_of
from communis.looking.viewers import PUBLIC_VIEWER


def happenings(town: Town) -> Iterator[Happening]:
    yield Happening(town.at("6 13:00"), partial(_bring_in, town))
    for about in text_file("blog")["here"]:
        yield Happening(town.at(about["at"]), partial(_say_here, town, about))


def _bring_in(town: Town) -> None:
    """First a look, then the decision, as on the page; the worker does both."""
    leyla = town.persons[STEWARD]
    name = in_language(text_file("blog")["title"], town.language)
    asked = ask_for_import([blog_export(town.language, town.begins)], f"{name}.xml", by=leyla)
    run_next()
    bring_it_in(asked, by=leyla)
    run_next()
    last = text_file("blog")["post"][-1]
    for thread in (shares_of(listed.conversation, PUBLIC_VIEWER) for listed in conversations(PUBLIC_VIEWER)):
        if in_language(last["title"], town.language) in unescape(thread[0].html):
            town.said["blog.opening"] = thread[0].contribution
            for about in comments_of(last):
                if "key" in about:
                    town.said[f"blog.{about['key']}"] = _brought(thread, about, town)


def _brought(thread: list[Seen], about: dict[str, Any], town: Town) -> int:
    words = in_language(about, town.language)
    return next(seen.contribution for seen in thread if words in unescape(seen.html))


def _say_here(town: Town, about: dict[str, Any]) -> None:
    who = about["who"]
    words = in_language(about, town.language)
    contribute(town.line(f"blog.{about['answers']}", who), words, by=town.persons[who])
