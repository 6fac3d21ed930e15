"""The straight answer at the top of a conversation, or by when one is promised; in words, for one who looks."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from communis.answers.became import Became
from communis.answers.clarity import tapped
from communis.answers.helping import helpers_of
from communis.answers.models import Answer, Ask, Step
from communis.answers.outcomes import may_tell_here
from communis.answers.reasons import standing
from communis.answers.rules import may_help
from communis.answers.showing import OnTheWay, Ruling, asks_about, on_the_way, pending
from communis.answers.states import State, state
from communis.answers.trials.browsing import trials_on
from communis.answers.trials.drawing import DRAWN_FROM, may_draw_from
from communis.answers.verdicts import ReasonKind, Verdict
from communis.conversations import markdown
from communis.conversations.effects import EffectSeen, effects_of
from communis.conversations.gate import Seen
from communis.conversations.lines import lines_said
from communis.conversations.shown_words import byline
from communis.looking.viewers import Viewer
from communis.people.naming import names_of
from communis.web.dates import day, day_and_time, whole_day
from communis.web.verdict_signs import verdict_sign


class AnswerRow(NamedTuple):
    """An answer as it stands at the top: its verdict with sign, the words, and what is said below them."""

    verdict: str
    sign: SafeString
    html: SafeString
    # *Reason: money*, or the day it is taken up again; each where there is one.
    details: list[str]
    by: str
    line: str
    # What only the two read yet: until when, in words.
    early: str
    # The public id, for who gave it and can replace it.
    replaced_at: str
    # What came of it, the newest first; and whether the one who looks may tell it.
    outcomes: list["OutcomeRow"]
    may_tell: bool = False
    # Where it stands among what was tried: *(public id, what)*; and the answer's public id where it can go there.
    tried: Sequence[tuple[str, str]] = ()
    goes_to_tried: str = ""


class OutcomeRow(NamedTuple):
    """What was done, what came of it and toward which goal, and who told it when."""

    html: SafeString
    effect: str
    goal: str
    by: str
    line: str


def answers_at_top(idea: Seen, became: Became, viewer: Viewer, *, rests: bool) -> dict[str, Any]:
    """What the page says above the idea: the answers to it that the viewer sees, what is promised, how far it is."""
    asks = asks_about(idea, viewer)
    effects = effects_of(became.outcomes)
    told: dict[int | None, list[OutcomeRow]] = {}
    for one in became.outcomes:
        told.setdefault(one.parent, []).append(outcome_row(one, effects[one.contribution]))
    rows = [
        _opened(seen, ruling, viewer, told.get(seen.contribution, []), newest=seen is became.answers[-1][0])
        for seen, ruling in became.answers
    ]
    if became.answers and became.answers[-1][1].verdict in DRAWN_FROM:
        rows[-1] = _with_tried(rows[-1], became.answers[-1][1].answer, idea, viewer)
    early = pending(asks, viewer)
    shown = [*rows, *(_early(one.answer, one.name, given=one.given_by_viewer) for one in early)]
    waiting = on_the_way(asks, viewer)
    newest = became.answers[-1] if rows and shown[-1] is rows[-1] else None
    open_still = [ask for ask in asks if ask.state < Ask.State.ANSWERED]
    verdict = Verdict(early[-1].answer.verdict) if early else became.verdict
    how_far = state(rests=rests, told=bool(told), verdict=verdict, waits=bool(waiting))
    return {
        "straight_answer": shown[-1] if shown else None,
        "earlier_answers": shown[-2::-1],
        "promised": [promised_words(one, viewer) for one in waiting],
        **(below_answer(*newest, viewer) if newest else {}),
        "own_asks": [ask.public_id for ask in open_still if ask.asker_id == viewer.person_id],
        "asked_of_viewer": [ask.public_id for ask in open_still if ask.person_id == viewer.person_id],
        "state": how_far.label if how_far != State.OPEN else "",
        "rests": rests,
        "idea_line": idea.line,
        **_help(idea, became, viewer),
    }


def _help(idea: Seen, became: Became, viewer: Viewer) -> dict[str, Any]:
    """Who wants to help, where a yes stands: for those who work here, and never a number."""
    if not may_help(became.verdict, viewer):
        return {}
    helpers = helpers_of(idea, viewer)
    own = names_of([viewer.person_id] if viewer.person_id is not None else [])
    return {
        "may_help": True,
        "helpers": [name for _id, name in helpers],
        "helps": any(helper in own.values() for helper in helpers),
    }


def below_answer(seen: Seen, ruling: Ruling, viewer: Viewer) -> dict[str, Any]:
    """What stands below an answer for those it concerns: whether its reason was answered, and whether it is clear."""
    if viewer.person_id is None:
        return {}
    return {
        "reason": standing(ruling.answer, viewer),
        "clarity": tapped(ruling.answer, viewer),
        "tapped": ruling.answer,
    }


def _opened(seen: Seen, ruling: Ruling, viewer: Viewer, told: list[OutcomeRow], *, newest: bool) -> AnswerRow:
    return AnswerRow(
        str(ruling.verdict.label),
        verdict_sign(ruling.verdict),
        mark_safe(seen.html),  # noqa: S308  sanitised when stored
        _details(ruling),
        f"{byline(seen)}, {day(seen.opened_at)}",
        seen.line,
        "",
        ruling.answer if newest and ruling.given_by == viewer.person_id else "",
        told,
        newest and may_tell_here(seen, viewer),
    )


def outcome_row(seen: Seen, effect: EffectSeen) -> OutcomeRow:
    """For what the caller has from the gate."""
    return OutcomeRow(
        mark_safe(seen.html),  # noqa: S308  sanitised when stored
        effect.effect,
        effect.goal,
        f"{byline(seen)}, {day(seen.opened_at)}",
        seen.line,
    )


def _with_tried(row: AnswerRow, answer: str, idea: Seen, viewer: Viewer) -> AnswerRow:
    """With the way to *Already tried*: to read what stands there, or for who may to write it down."""
    tried = [(one.public_id, one.what) for one in trials_on(lines_said(idea.contribution), viewer)]
    goes = not tried and viewer.person_id is not None and may_draw_from(answer, viewer, viewer.person_id)
    return row._replace(tried=tried, goes_to_tried=answer if goes else "")


def _details(ruling: Ruling) -> list[str]:
    details: list[str] = []
    if ruling.reason_kind is not None:
        details.append(_("Kind of reason: %(kind)s.") % {"kind": ruling.reason_kind.label})
    if ruling.again is not None:
        details.append(_("Taken up again %(day)s.") % {"day": whole_day(ruling.again)})
    return details


def _early(answer: Answer, name: str, *, given: bool) -> AnswerRow:
    verdict = Verdict(answer.verdict)
    moment = {"moment": day_and_time(answer.opens_at or 0)}
    if given:
        early = _("Only the one who asked reads this yet. Others read the same verdict %(moment)s.") % moment
    else:
        early = _("Only you read this yet. Others read the same verdict %(moment)s.") % moment
    kind = ReasonKind(answer.reason_kind) if answer.reason_kind else None
    ruling = Ruling(answer.public_id, verdict, kind, answer.again, answer.person_id)
    return AnswerRow(
        str(verdict.label),
        verdict_sign(verdict),
        mark_safe(markdown.render(answer.for_author)),  # noqa: S308  sanitised as it is made
        _details(ruling),
        f"{name}, {day(answer.given_at)}",
        "",
        early,
        answer.public_id if given else "",
        [],
    )


class PromisedRow(NamedTuple):
    """*Answer promised by 8 December*, who gives it, and what became of the ask on the way."""

    line: str
    trail: list[str]


def promised_words(one: OnTheWay, viewer: Viewer) -> PromisedRow:
    """In words. Late is said as calmly as the rest."""
    said = {"day": whole_day(one.ask.promised), "name": one.name}
    if one.late:
        line = _("The answer is late. %(name)s promised it by %(day)s.") % said
    else:
        line = _("Answer promised by %(day)s, from %(name)s.") % said
    names = names_of(
        {step.person_id for step in one.trail} | {step.to_id for step in one.trail if step.to_id}
    )
    told = {key: name for key, (_id, name) in names.items()}
    return PromisedRow(line, [_step(step, told, one, viewer) for step in one.trail])


def _step(step: Step, names: Mapping[int, str], on_the_way: OnTheWay, viewer: Viewer) -> str:
    """What was done. Its reason is for who asked and for those who have had the ask, as the form for it says."""
    said = {"name": names[step.person_id], "day": day(step.at), "because": step.because}
    if step.kind == Step.Kind.HANDED_OVER:
        said["to"] = names[step.to_id or 0]
        words = _("%(day)s: %(name)s handed it over to %(to)s.") % said
    elif step.kind == Step.Kind.NEW_DAY:
        words = _("%(day)s: %(name)s promised another day.") % said
    else:
        words = _("%(day)s: %(name)s has a stake in it and does not answer.") % said
    ask = on_the_way.ask
    concerned = viewer.person_id in {ask.asker_id, ask.person_id, step.person_id, step.to_id} - {None}
    return f"{words} {step.because}" if step.because and concerned else words
