"""What a consent holds for: the hash of everything that would be shown, to whom, under what name and from when.

A yes to one hash never opens another (rulings, Opening): a changed text, description, picture, byline or
audience asks again. What it answers belongs to it, for it gives the words their meaning.
"""

import hashlib
import json
from collections.abc import Mapping

from communis.conversations import markdown
from communis.conversations.lines_shown import Shown
from communis.openness.bylines import Byline, unnamed
from communis.widening.models import Consent

Way = Consent.Way
YES = {Way.YES, Way.OTHER_WORDS, Way.WITHOUT_NAME, Way.LATER, Way.AFTER}


def byline_for(shown: Shown, way: int) -> Byline:
    """The byline that a line opened with this answer shows."""
    return unnamed() if way == Way.WITHOUT_NAME else shown.byline


def html_for(shown: Shown, way: int, text: str) -> str:
    """The words that a line opened with this answer shows."""
    return markdown.render(text) if way == Way.OTHER_WORDS else shown.html


def digest(
    shown: Shown,
    above: str,
    audience: int,
    *,
    way: int,
    text: str = "",
    not_before: int | None = None,
    waits_for: str = "",
) -> bytes:
    """SHA-256 over what would be shown. ``above``: the HTML of what it answers, where that is part of it."""
    byline = byline_for(shown, way)
    said = [
        html_for(shown, way, text),
        shown.beside,
        [byline.kind, byline.person_id, byline.role_id],
        audience,
        not_before,
        above,
    ]
    if waits_for:
        said.append(waits_for)
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).digest()


def holds(consent: Consent, shown: Shown | None, above: str, audience: int) -> bool:
    """Whether the answer is a yes to exactly what stands there now."""
    if shown is None or consent.way not in YES or consent.digest is None:
        return False
    now_bound = digest(
        shown,
        above,
        audience,
        way=consent.way,
        text=consent.text,
        not_before=consent.not_before,
        waits_for=consent.waits_for,
    )
    return now_bound == bytes(consent.digest)


def above_of(shown: Shown, by_contribution: Mapping[int, Shown]) -> str:
    """The HTML of what a contribution answers, if that is among those asked about."""
    above = by_contribution.get(shown.parent or 0)
    return above.html if above is not None else ""


def looked_at(shown: Shown, above: str) -> str:
    """What a form carries, to tell whether the words changed between look and answer.

    Made of nothing but what its reader sees: no number of the program's, and ``above`` only where she reads it.
    """
    said = [shown.html, shown.beside, shown.byline.kind, above]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()
