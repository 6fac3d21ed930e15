"""What a line shows now, whoever may see it: for who asks its author, never for a page."""

from collections.abc import Iterable
from typing import NamedTuple

from django.db import connection

from communis.conversations.effects import Effect
from communis.conversations.gate import places_for
from communis.conversations.models import File, QuestionTerms, Revision
from communis.conversations.visible_text import plain
from communis.openness.bylines import Byline, bylines_with, unnamed


class Shown(NamedTuple):
    """What a line shows now, whoever may see it: for the one who asks its author, never for a page."""

    line: int
    # The share that shows it: another one after every edit.
    share: int
    # The line's public id.
    address: str
    contribution: int
    parent: int | None
    # What a line to the audience asked for may say at the most (gate rule 12).
    byline: Byline
    html: str
    revision: int
    audience: int
    # Everything else that stands there: names, descriptions and whereabouts of its files, a question's terms, an
    # outcome's effect and goal.
    beside: list[list[str]]
    # Who said it; None for what came from outside, and for what was said behind the scenes.
    author: int | None
    # Behind the scenes: the receipt it was said under.
    receipt: int | None = None


def shown_on(lines: Iterable[int], rung: int) -> dict[int, Shown]:
    """``{line: what it shows}`` for those of the lines that are not ended, on their way to an audience of a rung.

    Not where a reason stands in the place of hidden words: that was said to those who read there, by someone else.

    The caller answers for who sees it. On a plain cursor, because there may be hundreds.
    """
    numbers = list(lines)
    if not numbers:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_SHOWN.format(places=places_for(numbers)), [rung, *numbers])
        rows = cursor.fetchall()
    bylines = bylines_with({row[_BYLINE] for row in rows})
    beside = _beside([row[_REVISION] for row in rows])
    says_too_much = any((row[_MOST] or 0) > bylines[row[_BYLINE]].kind for row in rows)
    nameless = unnamed() if says_too_much else None
    return {
        line: Shown(
            line,
            share,
            address,
            contribution,
            parent,
            _saying_no_more(bylines[byline], most or 0, nameless),
            html,
            revision,
            audience,
            beside.get(revision, []),
            author,
            receipt,
        )
        for (
            line,
            share,
            address,
            contribution,
            parent,
            byline,
            most,
            html,
            revision,
            audience,
            author,
            receipt,
        ) in rows
    }


def source_of(shown: Shown) -> str:
    """The text as its author wrote it; for the author's eyes alone."""
    revision = Revision.everything.get(id=shown.revision)
    return revision.source if revision.markdown else plain(revision.html)


_BYLINE, _MOST, _REVISION = 5, 6, 8

# Of the lines on the way there, the one that says least of the author says how much may be said further out.
_SHOWN = """
SELECT s.line_id, s.id, line.public_id, s.contribution_id, contribution.parent_id, s.byline_id,
    (SELECT MAX(byline.kind) FROM communis_share n JOIN communis_byline byline ON byline.id = n.byline_id
        WHERE n.contribution_id = s.contribution_id AND n.ended_at IS NULL AND n.rung <= %s),
    revision.html, s.revision_id, s.audience_id, authorship.person_id,
    contribution.receipt_id
FROM communis_share s
JOIN communis_line line ON line.id = s.line_id
JOIN communis_contribution contribution ON contribution.id = s.contribution_id
JOIN communis_revision revision ON revision.id = s.revision_id
JOIN communis_byline shown ON shown.id = s.byline_id
LEFT JOIN communis_authorship authorship ON authorship.id = contribution.authorship_id
WHERE s.line_id IN ({places}) AND s.ended_at IS NULL AND shown.kind <> 5
ORDER BY s.line_id
"""

# Most revisions have nothing beside them.
_WITH_SOMETHING = """
SELECT revision_id FROM communis_file WHERE revision_id IN ({places})
UNION SELECT revision_id FROM communis_questionterms WHERE revision_id IN ({places})
UNION SELECT revision_id FROM communis_effect WHERE revision_id IN ({places})
"""


def _beside(revisions: list[int]) -> dict[int, list[list[str]]]:
    if not revisions:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_WITH_SOMETHING.format(places=places_for(revisions)), revisions * 3)
        some = [revision for (revision,) in cursor.fetchall()]
    found: dict[int, list[list[str]]] = {}
    for file in File.everything.filter(revision_id__in=some).order_by("number"):
        about = [file.name, file.alternative, file.creator, file.licence, file.stored_as]
        about += ["decoration"] if file.decoration else []
        found.setdefault(file.revision_id, []).append(about)
    for terms in QuestionTerms.objects.filter(revision_id__in=some):
        about = [str(terms.level), terms.scope, str(terms.answer_by or "")]
        found.setdefault(terms.revision_id, []).append(about)
    for effect in Effect.objects.filter(revision_id__in=some):
        found.setdefault(effect.revision_id, []).append([effect.effect, effect.goal])
    return found


def _saying_no_more(byline: Byline, most: int, nameless: Byline | None) -> Byline:
    """The byline, or one without a name where a narrower line says less than it (gate rule 12)."""
    if nameless is None or most <= byline.kind:
        return byline
    return nameless
