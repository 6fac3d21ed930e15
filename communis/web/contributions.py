"""Draws contributions. A page can hold hundreds, so this is plain Python over stored fragments, no template.

Fragments hold text only; names, dates and audience signs are drawn here, at look time (gate rule 17).
"""

from collections.abc import Callable, Collection, Mapping, Sequence

# Django's bears lazy strings too and takes five times as long.
from html import escape
from typing import NamedTuple

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from communis.answers.showing import Ruling
from communis.behind_the_scenes.claiming import ClaimSeen
from communis.conversations import anchors, markdown
from communis.conversations.anchoring import Answered
from communis.conversations.clusters import shorten
from communis.conversations.effects import NO_EFFECT, EffectSeen
from communis.conversations.gate import Seen
from communis.conversations.kinds import NOT_ANSWERED, Kind
from communis.conversations.models import File
from communis.conversations.parts import ends_of_parts
from communis.conversations.reacting import Given
from communis.conversations.reading import Node
from communis.conversations.shown_words import byline, known_outside_as
from communis.openness.bylines import Byline
from communis.openness.rungs import Rung
from communis.web.audience_words import first_names, joined
from communis.web.claim_words import claim_html
from communis.web.dates import days
from communis.web.pictures import with_pictures
from communis.web.rung_signs import rung_sign
from communis.web.verdict_signs import verdict_sign

# Indentation stops here; deeper answers say whom they answer.
DEEPEST = 3
# Letters of a paragraph in the name of the link that answers it.
LONGEST_LABEL = 60


class Page(NamedTuple):
    """What the drawing of every contribution on one page has in common."""

    # Contributions narrower than this carry their rung; those wider too, where what was private has been opened.
    rung: int
    may_answer: bool
    # All that is shown on the page, by contribution: what is answered may be drawn elsewhere on it.
    shown: Mapping[int, Seen]
    anchored: Mapping[int, Answered]
    files: Mapping[int, Sequence[File]]
    # The signs on each line, by its number.
    signs: Mapping[int, Sequence[Given]] = {}
    # Where the branch went that a summary stands for: {the summary's contribution: a conversation}.
    gone_on: Mapping[int, str] = {}
    # Among how many its author is, in words, on each line of words written behind the scenes, by its number.
    crowds: Mapping[int, str] = {}
    # Who has shown this viewer to have written such words, by the line's number.
    claims: Mapping[int, Sequence[ClaimSeen]] = {}
    # What an answer says beside its words, by contribution; and those whose words stand at the top of the page.
    rulings: Mapping[int, Ruling] = {}
    at_top: Collection[int] = ()
    # What came of it and toward which goal, of what tells an outcome.
    effects: Mapping[int, EffectSeen] = {}
    # The contributions in which the author of an idea answers the reason of an answer.
    about_reasons: Collection[int] = ()
    # The contribution whose paragraphs can each be answered where they end.
    answered_in_parts: int | None = None


class Articles(NamedTuple):
    """Contributions drawn as UTF-8, the same for all who see the same of them: the page's other words stand between.

    A contribution is three pieces: what is new to this viewer gets a class after the first and a word after the
    second. ``said`` are the contributions in the order of the pieces, each with the moment it was opened at.
    """

    pieces: tuple[bytes, ...]
    said: tuple[tuple[int, int], ...]


def draw_articles(nodes: Sequence[Node], page: Page) -> Articles:
    """The thread as HTML: an article a contribution, in reading order."""
    words = _words()
    marked = _marked(page)
    day = days()
    pieces: list[str] = []
    said: list[tuple[int, int]] = []
    for node in nodes:
        if node.seen is None:
            pieces += (_STUB % (min(node.depth, DEEPEST), words["stub"]), "", "")
            said.append((0, 0))
        else:
            pieces += _draw(node, node.seen, page, words, marked, day)
            said.append((node.seen.contribution, node.seen.opened_at))
    return Articles(tuple(piece.encode() for piece in pieces), tuple(said))


def with_new(articles: Articles, new: Collection[int]) -> Sequence[bytes]:
    """The pieces with these contributions marked as new."""
    if not new:
        return articles.pieces
    word = f' · <span class="new-word">{escape(_("New"))}</span>'.encode()
    pieces = list(articles.pieces)
    for number, (contribution, _opened_at) in enumerate(articles.said):
        if contribution in new:
            pieces[3 * number] += b" new"
            pieces[3 * number + 1] += word
    return pieces


def draw_one(seen: Seen, page: Page) -> SafeString:
    """One contribution by itself."""
    return draw_node(Node(0, seen, None), page)


def draw_node(node: Node, page: Page) -> SafeString:
    """One place in the thread."""
    drawn = draw_articles([node], page)
    return mark_safe(b"".join(drawn.pieces).decode())  # noqa: S308  sanitised when stored, the rest is escaped


_STUB = '<article class="c stub d%d"><p>%s</p></article>\n'

_BEFORE = '<article class="c d{depth}'
_MIDDLE = """" id="{line}">{lead}
<div class="words">{html}</div>
<p class="by">{name} · <a href="/lines/{line}">{day}</a>{rest}"""
_AFTER = """</p>{crowd}{claims}{signs}{actions}
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
        "earlier": escape(_("Answers an earlier version")),
        **{str(int(rung)): escape(str(rung.label)) for rung in Rung},
        "question": escape(_("Question")),
        "restatement": escape(_("Said more simply")),
        "about reason": escape(_("Answers the reason")),
        "here": escape(_("Answer here")),
        "at top": escape(_("This answer stands at the top")),
        "told at top": escape(_("This stands at the top")),
        "outcome": escape(_("What came of it")),
        "goal": escape(_("Toward the goal:")),
        "gone on": escape(_("The conversation goes on here")),
        "hidden": escape(_("What was said here is hidden. The reason:")),
    }


def _draw(
    node: Node,
    seen: Seen,
    page: Page,
    words: Mapping[str, str],
    marked: Mapping[int, str],
    day: Callable[[int], str],
) -> tuple[str, str, str]:
    rest = ""
    if seen.rung != page.rung:
        rest += f' · <span class="rung">{rung_sign(seen.rung)} {words[str(seen.rung)]}</span>'
    if seen.kind == Kind.RESTATEMENT:
        rest += f" · {words['restatement']}"
    if seen.contribution in page.about_reasons:
        rest += f" · {words['about reason']}"
    if seen.corrected:
        rest += f' · <a href="/lines/{seen.line}/history">{words["corrected"]}</a>'
    html = marked.get(seen.contribution, seen.html)
    if page.may_answer and seen.contribution == page.answered_in_parts:
        html = _with_answer_here(html, seen.line, words["here"])
    if seen.byline == Byline.Kind.HIDDEN:
        html = f'<p class="quiet">{words["hidden"]}</p>{html}'
    if seen.revision in page.files:
        html = with_pictures(html, seen.line, page.files[seen.revision])
    ruling = page.rulings.get(seen.contribution)
    if ruling is not None:
        html = _ruled(html, ruling, words, at_top=seen.contribution in page.at_top)
    if seen.kind == Kind.OUTCOME:
        effect = page.effects.get(seen.contribution, NO_EFFECT)
        html = _outcome(html, effect, words, at_top=seen.contribution in page.at_top)
    actions = ""
    if seen.contribution in page.gone_on:
        address = f"/conversations/{page.gone_on[seen.contribution]}"
        html += f'<p class="gone-on"><a href="{address}">{words["gone on"]}</a></p>'
    if page.may_answer and seen.kind not in NOT_ANSWERED:
        actions = words["actions"].replace("LINE", seen.line)
    middle = _MIDDLE.format(
        line=seen.line,
        lead=_lead(node, seen, page, words),
        html=html,
        name=_name(seen, page.may_answer),
        day=day(seen.opened_at),
        rest=rest,
    )
    return (
        _BEFORE.format(depth=min(node.depth, DEEPEST)),
        middle,
        _AFTER.format(
            crowd=_crowd(page.crowds.get(seen.line_number, "")),
            claims=claim_html(page.claims.get(seen.line_number, ())),
            signs=signs(page.signs.get(seen.line_number, ())),
            actions=actions,
        ),
    )


def _ruled(html: str, ruling: Ruling, words: Mapping[str, str], *, at_top: bool) -> str:
    """An answer in the thread: its verdict with its words, or the way to them where they stand at the top."""
    said = f'<p class="verdict">{verdict_sign(ruling.verdict)} {escape(str(ruling.verdict.label))}</p>'
    if at_top:
        return said + f'<p class="quiet"><a href="#straight-answer">{words["at top"]}</a></p>'
    return said + html


def _outcome(html: str, effect: EffectSeen, words: Mapping[str, str], *, at_top: bool) -> str:
    """What came of an answer, in the thread: with its effect and goal, or the way to where it stands at the top."""
    said = f'<p class="verdict">{words["outcome"]}</p>'
    if at_top:
        return said + f'<p class="quiet"><a href="#straight-answer">{words["told at top"]}</a></p>'
    more = f"<p>{escape(effect.effect)}</p>" if effect.effect else ""
    if effect.goal:
        more += f'<p class="quiet">{words["goal"]} {escape(effect.goal)}</p>'
    return said + html + more


def _with_answer_here(html: str, line: str, here: str) -> str:
    """Each paragraph with the way to answer it alone: a plain link, for keyboards and without scripts (R11)."""
    pieces: list[str] = []
    position = 0
    for number, (end, words) in enumerate(ends_of_parts(html)):
        label = f"{here}: {escape(shorten(words, LONGEST_LABEL))}"
        link = f'<a class="here" href="/lines/{line}/answers?part={number}" aria-label="{label}">{here}</a>'
        pieces += [html[position:end], " ", link]
        position = end
    return "".join([*pieces, html[position:]])


def signs(given: Sequence[Given]) -> str:
    """*Amina and Per-Olof: you have a point.* One sentence a sign, and never a number (rulings)."""
    if not given:
        return ""
    sentences = [
        f"{joined(first_names([name for _, name in one.persons]))}: {one.sign.label}." for one in given
    ]
    return f'\n<p class="signs">{escape(" ".join(sentences))}</p>'


def _crowd(words: str) -> str:
    return f'\n<p class="crowd">{escape(words)}</p>' if words else ""


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
    # Words in the place a branch moved from stand on another page.
    here = "#" if target.conversation == seen.conversation else "/lines/"
    return lead + f'<blockquote class="about"><a href="{here}{target.line}">{quoted}</a></blockquote>'


def _name(seen: Seen, signed_in: bool) -> str:
    outside = ""
    if seen.person_name is not None and seen.outside_name is not None:
        name, outside = escape(seen.person_name), f" {escape(known_outside_as(seen.outside_name))}"
    else:
        name = escape(byline(seen))
    if seen.listed and signed_in:
        return f'<a class="name" href="/people/{seen.person}">{name}</a>{outside}'
    if seen.outside_site and seen.person is None:
        return f'<a class="name" href="{escape(seen.outside_site)}" rel="noopener noreferrer nofollow">{name}</a>'
    return f'<span class="name">{name}</span>{outside}'


def _marked(page: Page) -> dict[int, str]:
    """The fragments of contributions with answered words, those words underlined."""
    places: dict[int, list[tuple[anchors.Place, int]]] = {}
    for number, answered in enumerate(page.anchored.values(), start=1):
        if answered.target in page.shown and answered.start is not None and answered.end is not None:
            place = anchors.Place(answered.start, answered.end)
            places.setdefault(answered.target, []).append((place, number))
    return {target: anchors.mark(page.shown[target].html, found) for target, found in places.items()}
