"""The same word is the same word, however its accents were typed; and no heap of accents keeps anyone waiting."""

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communis.conversations.anchors import find
from communis.conversations.composed import composed
from communis.conversations.documents import clean_name
from communis.conversations.same_words import words
from communis.widening.known_names import folded

ACCENTS = "\u0301\u0316\u0323\u0308"
HEAP = "a" + "\u0301\u0316" * 50_000


@given(st.text(alphabet=f"aeoå {ACCENTS}ß한하", max_size=60))
def test_as_unicode_says_where_no_letter_has_a_heap_of_marks(text: str) -> None:
    marks = [len(run) for run in "".join("m" if one in ACCENTS else " " for one in text).split()]
    if max(marks, default=0) <= 30:
        assert composed(text) == unicodedata.normalize("NFC", text)
    assert composed(composed(text)) == composed(text)


def test_a_heap_stays_as_it_was_written_and_all_else_is_composed() -> None:
    assert composed(f"e\u0301 {HEAP} o\u0308") == f"é {HEAP} ö"


@pytest.mark.parametrize(
    "act",
    [
        composed,
        words,
        folded,
        lambda text: find(text, text),
        lambda text: find("a", text),
        lambda text: clean_name(text, "txt"),
    ],
    ids=["composed", "words", "folded", "find all", "find one", "clean_name"],
)
def test_no_heap_of_marks_keeps_anyone_waiting(act: object) -> None:
    """Half a minute for a third as much, before. Only what grows with the square takes this long."""
    started = time.process_time()
    act(HEAP)  # type: ignore[operator]
    assert time.process_time() - started < 10
