"""How many mails are parted right, and that none tells words of others as the sender's own (L21)."""

import json
import re
import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest

from communis.channels.email.parting.parting import part
from tests.channels.email.parting.cases import answers, forwards, leaking, nordic
from tests.channels.email.parting.lists import answers_and_what_they_repeat


def test_nine_of_ten_nordic_mails_are_parted_right_and_none_tells_what_others_wrote() -> None:
    for unseen in (False, True):
        figures = nordic(unseen=unseen)
        assert len(figures.right) + len(figures.wrong) >= 30
        assert figures.leaked == []
        assert figures.share >= 0.9, figures.wrong


# What programs and servers do to a mail on its way.
CHANGES: dict[str, Callable[[str], str]] = {
    "other line ends": lambda text: text.replace("\n", "\r\n"),
    "no empty lines": lambda text: re.sub(r"\n\s*\n", "\n", text),
    "an empty line after each": lambda text: text.replace("\n", "\n\n"),
    "lines broken anew": lambda text: "\n".join(
        part for line in text.split("\n") for part in textwrap.wrap(line, 72) or [""]
    ),
    "indented": lambda text: textwrap.indent(text, "   "),
    "spaces at the end": lambda text: text.replace("\n", "  \n"),
    "spaces that do not break": lambda text: text.replace(" ", "\xa0"),
    "addresses as links": lambda text: re.sub(r"<([^<>\s]+@[^<>\s]+)>", r"<\1<mailto:\1>>", text),
    "no brackets": lambda text: re.sub(r"<([^<>\s]+@[^<>\s]+)>", r"\1", text),
    "bold labels": lambda text: re.sub(r"(?m)^([^\W\d]\w+):", r"*\1:*", text),
    "space before the colon": lambda text: re.sub(r"(?m)^([^\W\d]\w+):", r"\1 :", text),
    "no colon": lambda text: re.sub(r"(?m)(skrev.*|kirjoitti.*):$", r"\1", text),
    "marks without a space": lambda text: re.sub(r"(?m)^> ", ">", text),
    "marks as in HTML": lambda text: re.sub(r"(?m)^>", "&gt;", text),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_mail_that_was_changed_on_its_way_tells_no_word_of_others(change: str) -> None:
    assert leaking(CHANGES[change]) == []


def test_answers_that_others_collected(shared_data: Path) -> None:
    figures = answers(shared_data / "replies")
    assert len(figures.right) >= 55, figures.wrong
    assert not [name for name in figures.wrong if name.startswith("sv ")]
    assert figures.leaked == []


def test_forwarded_mails_that_others_collected(shared_data: Path) -> None:
    figures = forwards(shared_data / "forwards")
    assert len(figures.right) + len(figures.wrong) == 90
    assert len(figures.right) >= 80, figures.wrong
    assert not [name for name in figures.wrong if name.startswith("sv ")]


def test_answers_on_mailing_lists_repeat_nothing_of_what_they_answer(shared_data: Path) -> None:
    count, repeated = answers_and_what_they_repeat(shared_data / "maillists")
    assert count >= 50
    assert repeated == []


def test_of_long_texts_that_quote_nothing_no_word_is_left_out(shared_data: Path) -> None:
    """Questions that members of the Swedish parliament put to ministers: letters, with a greeting and lists."""
    rows = (
        (shared_data / "ideas" / "riksdagen-interpellationer.sv.jsonl")
        .read_text(encoding="utf-8")
        .splitlines()
    )
    texts = ["\n\n".join(json.loads(row)["paragraphs"]) for row in rows]
    shortened = [text for text in texts if part(text).elided]
    assert len(texts) >= 100
    assert [part(text).elided for text in shortened] == []
