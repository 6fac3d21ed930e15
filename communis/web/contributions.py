"""Draws contributions. A page can hold hundreds, so this is plain Python over stored fragments, no template.

Fragments hold text only; names, dates and audience signs are drawn here, at look time (gate rule 17).
"""

from collections.abc import Callable, Mapping, Sequence

# Django's bears lazy strings too and takes five times as long.
from html import escape
from typing import NamedTuple

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from communis.conversations import anchors, markdown
from communis.conversations.anchoring import Answered
from communis.conversations.gate import Seen
from communis.conversations.kinds import Kind
from communis.conversations.models import File
from communis.conversations.reading import Node
from communis.openness.rungs import Rung
from communis.web.dates import days
from communis.web.pictures import with_pictures
from communis.web.rung_signs import rung_sign

# Indentation stops here; deeper answers say whom they answer.
DEEPEST = 3


class Page(NamedTuple):
    """What the drawing of every contribution on one page has in common."""

    # Contributions narrower than this carry their rung.
    rung: int
    # What was opened to the viewer after this moment is marked as new; None marks nothing.
    seen_until: int | None
    may_answer: bool
    # All that is shown on the page, by contribution: what is answered may be drawn elsewhere on it.
    shown: Mapping[int, Seen]
    anchored: Mapping[int, Answered]
    files: Mapping[int, Sequence[File]]


def draw_thread(nodes: Sequence[Node], page: Page) -> SafeString:
    """The thread as HTML: an article a contribution, in reading order."""
    words = _words()
    marked = _marked(page)
    day = days()
    pieces: list[str] = []
    for node in nodes:
        if node.seen is None:
            pieces.append(_STUB % (min(node.depth, DEEPEST), words["stub"]))
        else:
            pieces.append(_draw(node, node.seen, page, words, marked, day))
    return mark_safe("".join(pieces))  # noqa: S308  fragments are sanitised when stored, the rest is escaped


def draw_one(seen: Seen, page: Page) -> SafeString:
    """One contribution by itself."""
    return draw_thread([Node(0, seen, None)], page)


def byline(seen: Seen) -> str:
    """The name shown, as plain text."""
    if seen.person_name is not None:
        return f"{seen.person_name}, {seen.role}" if seen.role else seen.person_name
    return seen.outside_name or _("Unnamed")


_STUB = '<article class="c stub d%d"><p>%s</p></article>\n'

_ARTICLE = """<article class="c d{depth}{new}" id="{line}">{lead}
<div class="words">{html}</div>
<p class="by">{name} · <a href="/lines/{line}">{day}</a>{rest}</p>{actions}
</article>
"""

# The words are put in once a page, the line's address once a contribution.
_ACTIONS = """
<p class="actions"><a href="/lines/LINE/answers">{reply}</a> <a href="/lines/LINE/answers?quote=1">{quote}</a> \
<a href="/lines/LINE">{more}</a></p>"""


def _words() -> dict[str, str]:
    """The translated words of the page, looked up once instead of once a contribution."""
    actions = {"reply": escape(_("Answer")), "quote": escape(_("Quote")), "more": escape(_("More"))}
    return {
        "actions": _ACTIONS.format(**actions),
        "stub": escape(_("Something was said here that is not shown to you.")),
        "to": escape(_("To %s:")),
        "corrected": escape(_("corrected, see the change")),
        "new": escape(_("New")),
        "earlier": escape(_("Answers an earlier version")),
        **{str(int(rung)): escape(str(rung.label)) for rung in Rung},
        "question": escape(_("Question")),
    }


def _draw(
    node: Node,
    seen: Seen,
    page: Page,
    words: Mapping[str, str],
    marked: Mapping[int, str],
    day: Callable[[int], str],
) -> str:
    depth = min(node.depth, DEEPEST)
    new = page.seen_until is not None and seen.opened_at > page.seen_until and not seen.own
    rest = ""
    if seen.rung < page.rung:
        rest += f' · <span class="rung">{rung_sign(seen.rung)} {words[str(seen.rung)]}</span>'
    if seen.corrected:
        rest += f' · <a href="/lines/{seen.line}/history">{words["corrected"]}</a>'
    if new:
        rest += f' · <span class="new-word">{words["new"]}</span>'
    html = marked.get(seen.contribution, seen.html)
    if seen.revision in page.files:
        html = with_pictures(html, seen.line, page.files[seen.revision])
    actions = ""
    if page.may_answer and seen.kind != Kind.MENTION:
        actions = words["actions"].replace("LINE", seen.line)
    return _ARTICLE.format(
        depth=depth,
        new=" new" if new else "",
        line=seen.line,
        lead=_lead(node, seen, page, words),
        html=html,
        name=_name(seen, page.may_answer),
        day=day(seen.opened_at),
        rest=rest,
        actions=actions,
    )


def _lead(node: Node, seen: Seen, page: Page, words: Mapping[str, str]) -> str:
    """What stands before the words: whom a deep answer answers, and the very words it is about."""
    lead = ""
    if node.depth > DEEPEST and node.answers is not None:
        lead += f'<p class="to">{words["to"] % escape(byline(node.answers))}</p>'
    answered = page.anchored.get(seen.contribution)
    if answered is None or answered.target not in page.shown:
        return lead
    target = page.shown[answered.target]
    if answered.start is None or answered.end is None:
        return lead + f'<p class="about"><a href="/lines/{target.line}/history">{words["earlier"]}</a></p>'
    quoted = escape(markdown.plain(target.html)[answered.start : answered.end])
    return lead + f'<blockquote class="about"><a href="#{target.line}">{quoted}</a></blockquote>'


def _name(seen: Seen, signed_in: bool) -> str:
    name = escape(byline(seen))
    if seen.listed and signed_in:
        return f'<a class="name" href="/people/{seen.person}">{name}</a>'
    if seen.outside_site:
        return f'<a class="name" href="{escape(seen.outside_site)}" rel="noopener noreferrer nofollow">{name}</a>'
    return f'<span class="name">{name}</span>'


def _marked(page: Page) -> dict[int, str]:
    """The fragments of contributions with answered words, those words underlined."""
    places: dict[int, list[tuple[anchors.Place, int]]] = {}
    for number, answered in enumerate(page.anchored.values(), start=1):
        if answered.target in page.shown and answered.start is not None and answered.end is not None:
            place = anchors.Place(answered.start, answered.end)
            places.setdefault(answered.target, []).append((place, number))
    return {target: anchors.mark(page.shown[target].html, found) for target, found in places.items()}
