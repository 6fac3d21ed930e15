"""What the page of a receipt shows: the words that wait, the branches they hang in, and how far they may be opened."""

from typing import Any, NamedTuple

from django.utils.safestring import SafeString

from communis.answers.showing import rulings_of
from communis.behind_the_scenes.consenting import Opening, openings
from communis.behind_the_scenes.days import local_day
from communis.behind_the_scenes.holding import Held, WaitsFor, branches, viewer_with, waits
from communis.behind_the_scenes.models import Waiting
from communis.conversations import markdown
from communis.conversations.anchoring import anchored
from communis.conversations.effects import effects_of
from communis.conversations.files import files_of
from communis.conversations.gate import Seen
from communis.conversations.kinds import NOT_ANSWERED
from communis.conversations.markdown import first_sentence
from communis.conversations.reading import Node
from communis.conversations.shown_words import sentence
from communis.openness.rungs import Rung
from communis.people.naming import name_to_show
from communis.web.batch_words import appears
from communis.web.contributions import Page, draw_node
from communis.web.crowd_words import crowd_words
from communis.web.opening_pages import page_for_receipt, whose
from communis.widening.before_opening import found_among, texts_of
from communis.widening.known_names import KnownNames

What = Waiting.What


class Part(NamedTuple):
    """A contribution in a branch, drawn; with its own words' source where they can be changed."""

    html: SafeString
    line: str
    sentence: str
    own: bool
    source: str
    answerable: bool


class WaitingPart(NamedTuple):
    """Words that wait, when they appear, and why they could not."""

    waits: WaitsFor
    answers: bool
    changes: bool
    appears: str
    late: bool


def opened(held: Held) -> dict[str, Any]:
    """The context of the page."""
    sources = {words.line: words.source for words in held.words}
    found = branches(held)
    return {
        "waiting": [_waiting(one) for one in waits(held)],
        "branches": [_drawn(nodes, sources) for nodes in found],
        "openings": [_opening(one, held) for one in openings(held)],
        "elsewhere": _elsewhere(held, found),
        "gone": held.receipt is not None and not held.words,
        "opens_to": _opens_to(held),
        "rungs": [Rung.ORGANISATION, Rung.PUBLIC],
    }


def _opening(one: Opening, held: Held) -> dict[str, Any]:
    viewer = viewer_with(held)
    widening = one.proposal.widening
    # Whoever works here is listed to whoever wrote it; the receipt alone does not say that its holder does.
    proposer = name_to_show(widening.person_id)
    return {
        **whose(one.proposal, viewer, proposer),
        "public_id": widening.public_id,
        "reason": widening.reason,
        "answer_by": widening.answer_by,
        "can_answer": one.can_answer,
        "says_yes": one.says_yes,
        "seen": one.page,
        "html": page_for_receipt(one.proposal, viewer),
        "found": [
            found
            for asked in one.asked
            for found in found_among(
                texts_of(asked.shown.html, asked.shown), Rung(widening.audience.rung), KnownNames(())
            )
        ],
    }


def _elsewhere(held: Held, found: list[list[Node]]) -> list[tuple[str, Rung, str]]:
    """Other lines of one's words, opened to more people: the line, how far it is open, and its first words."""
    shown = {node.seen.line for nodes in found for node in nodes if node.seen is not None}
    return [
        (words.line, Rung(words.audience.rung), first_sentence(markdown.render(words.source)))
        for words in held.words
        if words.line not in shown
    ]


def _opens_to(held: Held) -> int:
    if held.receipt is not None:
        return held.receipt.opens_to
    return next((one.opens_to for one in held.waiting if one.what == What.POST), 0)


def _waiting(one: WaitsFor) -> WaitingPart:
    return WaitingPart(
        one, one.what == What.ANSWER, one.what == What.EDIT, appears(one.day), one.day < local_day()
    )


def _drawn(nodes: list[Node], sources: dict[str, str]) -> list[Part]:
    shown = [node.seen for node in nodes if node.seen is not None]
    look = Page(
        rung=max((seen.rung for seen in shown), default=0),
        may_answer=False,
        shown={seen.contribution: seen for seen in shown},
        anchored=anchored(shown),
        files=files_of([seen.revision for seen in shown]),
        crowds=crowd_words(shown),
        rulings=rulings_of(shown),
        effects=effects_of(shown),
    )
    return [_part(node, look, sources) for node in nodes]


def _part(node: Node, look: Page, sources: dict[str, str]) -> Part:
    seen: Seen | None = node.seen
    html = draw_node(node, look)
    if seen is None:
        return Part(html, "", "", False, "", False)
    return Part(
        html,
        seen.line,
        sentence(seen),
        seen.line in sources,
        sources.get(seen.line, ""),
        seen.kind not in NOT_ANSWERED,
    )
