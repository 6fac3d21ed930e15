"""How one's own words read, in words: for the writer alone, never stored and never shown to others (rulings)."""

from typing import NamedTuple

from django.utils.translation import gettext as _

from communis.conversations import markdown
from communis.conversations.clusters import shorten
from communis.conversations.gate import Seen
from communis.conversations.readability import FEWEST_WORDS, LONG_SENTENCE, Paragraph, measure, paragraphs


class HardParagraph(NamedTuple):
    """A paragraph that many will find hard: how it begins, its figure, and what makes it so."""

    beginning: str
    lix: int
    why: str


class Panel(NamedTuple):
    """What the panel says. ``compared`` is empty where nothing is restated."""

    hard: list[HardParagraph]
    compared: str


def panel(text: str, restated: Seen | None = None) -> Panel | None:
    """The panel for a text being written; None where there is nothing to say yet."""
    try:
        html = markdown.render(text) if text.strip() else ""
    except markdown.TextTooLong:
        return None
    found = paragraphs(html)
    if not found:
        return None
    hard = [HardParagraph(shorten(one.text, 60), one.lix, _why(one)) for one in found if one.hard and one.lix]
    return Panel(hard, _compared(html, restated) if restated is not None else "")


def _why(paragraph: Paragraph) -> str:
    if paragraph.measured.longest > LONG_SENTENCE:
        return _("The longest sentence has %(count)d words. Can it be two?") % {
            "count": paragraph.measured.longest
        }
    return _("Many of the words are long. Is there a shorter one for some of them?")


def _compared(html: str, restated: Seen) -> str:
    mine, theirs = measure(markdown.plain(html)), measure(markdown.plain(restated.html))
    if theirs.words < FEWEST_WORDS and mine.lix >= theirs.lix:
        return _("The original is short. Whether yours is simpler, you judge best.")
    figures = {"mine": round(mine.lix), "theirs": round(theirs.lix)}
    if mine.lix < theirs.lix:
        return _("Yours is easier: LIX %(mine)d. The original has %(theirs)d.") % figures
    return _("Yours is no easier yet: LIX %(mine)d. The original has %(theirs)d.") % figures
