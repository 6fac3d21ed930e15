"""The check before opening for words that are written for all employees or anyone from the start."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from communis.conversations import markdown
from communis.looking.viewers import Viewer
from communis.openness.rungs import Rung
from communis.widening.before_opening import Found, found_among, names_of_others
from communis.widening.known_names import KnownNames
from communis.widening.narrower_texts import read_lately


class LookedThrough(NamedTuple):
    """What was found, and the names that were looked for."""

    found: list[Found]
    names: KnownNames


def look_through(
    text: str,
    rung: Rung,
    viewer: Viewer,
    *,
    beside: Iterable[str] = (),
    answered: Sequence[str] = (),
    outside_already: bool = False,
) -> LookedThrough:
    """``text`` as written by who looks as ``viewer``, and what stands ``beside`` it: names and descriptions of files.

    Below all employees nothing is looked for: a letter may name a colleague. ``answered``: public ids of those whose
    words are answered, who know that they are named. ``outside_already``: where it goes has been shown once, and what
    is said of the whole text stands no more.
    """
    nothing = LookedThrough([], KnownNames(()))
    if rung < Rung.ORGANISATION or not text.strip():
        return nothing
    try:
        html = markdown.render(text)
    except markdown.TextTooLong:
        return nothing  # refused with its own words
    texts = [markdown.plain(html), *beside]
    # The text as written too: there it is masked.
    names = names_of_others(viewer, [text, *texts], answered)
    found = found_among(texts, rung, names, narrower=read_lately(viewer, rung))
    return LookedThrough([one for one in found if not (outside_already and one.finding.whole)], names)
