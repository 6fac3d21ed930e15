import random
import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from communis.conversations.differences import Change, difference
from communis.conversations.markdown import plain, render


def shown(old: str, new: str) -> str:
    """[-removed-] and {+added+} in the text."""
    signs = {Change.KEPT: ("", ""), Change.REMOVED: ("[-", "-]"), Change.ADDED: ("{+", "+}")}
    pieces = difference(render(old), render(new))
    return "".join(piece.text.join(signs[piece.change]) for piece in pieces)


@pytest.mark.parametrize(
    ("old", "new", "seen"),
    [
        ("Det går inte bra.", "Det går bra.", "Det går [-inte -]bra."),
        ("Vi ses på måndag.", "Vi ses på tisdag.", "Vi ses på [-måndag-]{+tisdag+}."),
        ("Vi ses i går kväll.", "Vi ses på måndag morgon.", "Vi ses [-i går kväll-]{+på måndag morgon+}."),
        ("Ett.\n\nTvå.", "Ett.\n\nOch ett.\n\nTvå.", "Ett.\n{+Och ett.\n+}Två."),
        ("Lika.", "Lika.", "Lika."),
        ("**Lika**.", "Lika.", "Lika."),
        ("", "Nytt", "{+Nytt+}"),
        ("Gammalt", "", "[-Gammalt-]"),
    ],
)
def test_the_difference(old: str, new: str, seen: str) -> None:
    assert shown(old, new) == seen


texts = st.lists(st.sampled_from(["ja", "nej", "det är", ".", "\n\n", "å", "a\u030a", "👩🏽‍🦽"]), max_size=40)


@settings(max_examples=300, deadline=None)
@given(texts.map(" ".join), texts.map(" ".join))
def test_both_texts_can_be_read_from_the_difference(old: str, new: str) -> None:
    pieces = difference(render(old), render(new))
    assert "".join(one.text for one in pieces if one.change != Change.ADDED) == plain(render(old))
    assert "".join(one.text for one in pieces if one.change != Change.REMOVED) == plain(render(new))
    assert all(one.text for one in pieces)
    assert all(one.change != other.change for one, other in pairwise(pieces))


@given(st.text(max_size=200), st.text(max_size=200))
def test_any_characters_are_kept(old: str, new: str) -> None:
    pieces = difference(render(old), render(new))
    assert "".join(one.text for one in pieces if one.change != Change.ADDED) == plain(render(old))
    assert "".join(one.text for one in pieces if one.change != Change.REMOVED) == plain(render(new))


@pytest.mark.parametrize("unit", ["a ", "det är inte bra. ", "a\n\n", "ord{0} och mer, ", "ord{0}\n\n"])
def test_long_texts_take_bounded_time(unit: str) -> None:
    old = "".join(unit.format(number) for number in range(100_000 // len(unit.format(10_000))))
    new = "börja " + old[1000:50_000] + " mitten " + old[:40_000] + " slut"
    started = time.process_time()
    difference("<p>" + old.replace("\n\n", "<p>"), "<p>" + new.replace("\n\n", "<p>"))
    assert time.process_time() - started < 3


def test_a_long_text_shows_small_changes_far_apart() -> None:
    lines = [f"Det här är rad {number} av många." for number in range(2_000)]
    changed = list(lines)
    changed[3], changed[1_990] = "Det här är rad tre av många.", "Det här är den sista raden av många."
    pieces = difference("<p>" + "<p>".join(lines), "<p>" + "<p>".join(changed))
    assert [one.text for one in pieces if one.change == Change.REMOVED] == ["3", "rad 1990"]
    assert [one.text for one in pieces if one.change == Change.ADDED] == ["tre", "den sista raden"]


def test_shuffled_words_take_bounded_time() -> None:
    words = [f"ord{number}" for number in range(1_000)]
    shuffled = random.Random(1).sample(words, len(words))
    started = time.process_time()
    difference("<p>" + " ".join(words), "<p>" + " ".join(shuffled))
    assert time.process_time() - started < 2
