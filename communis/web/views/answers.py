"""To answer: one's queue, the answer itself, and what else can become of an ask; and asking for an answer."""

from typing import Any, cast

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from communis.answers import asking
from communis.answers.answering import LONGEST_REASON, Given, Wording, give_answer, replace_answer
from communis.answers.models import Answer, Ask
from communis.answers.promises import promise, promise_of
from communis.answers.queue import Waiting, ask_waiting, queue_of
from communis.answers.tone.check import check_tone
from communis.answers.verdicts import MEANINGS, ReasonKind, Verdict
from communis.conversations import markdown
from communis.conversations.lines import line_seen
from communis.conversations.refusals import NotThere, Refused
from communis.journal.ids import public_id
from communis.people.actions import roles_now
from communis.people.models import Person
from communis.web.access import signed_in
from communis.web.answer_words import AskRow, ask_row, promise_words, waiting_sentence
from communis.web.drawn_alone import draw_alone
from communis.web.kept_words import keeps_words
from communis.web.middleware import LookingRequest
from communis.web.rows import address, sentence
from communis.web.typed_days import day_of
from communis.web.verdict_signs import verdict_sign


@require_safe
@signed_in
def to_answer(request: LookingRequest) -> HttpResponse:
    """What waits for one's answer, by the day that was promised."""
    person = _person(request)
    queue = queue_of(request.viewer, by=person)
    groups: list[tuple[str, list[AskRow]]] = [
        (_("Today"), _rows(queue.today)),
        (_("This week"), _rows(queue.week)),
        (_("Later"), _rows(queue.later)),
        (_("Waits for someone else"), _rows(queue.others_turn)),
    ]
    context = {
        "here": "to-answer",
        "sentence": waiting_sentence(queue),
        "groups": [group for group in groups if group[1]],
        "promise": promise_words(promise_of(person.id)),
    }
    return render(request, "answers/queue.html", context)


def _rows(waiting: list[Waiting]) -> list[AskRow]:
    return [ask_row(one) for one in waiting]


@require_http_methods(["GET", "POST"])
@signed_in
def own_promise(request: LookingRequest) -> HttpResponse:
    """Within how many days one answers, and whether one is closed to new asks."""
    person = _person(request)
    now = promise_of(person.id)
    typed = {
        "days": str(now.days),
        "closed_until": now.closed_until.isoformat() if now.closed_until else "",
        "because": now.closed_because,
    }
    fault, field = "", ""
    if request.method == "POST":
        typed = {name: request.POST.get(name, "") for name in typed}
        try:
            promise(
                _whole(typed["days"]),
                by=person,
                closed_until=day_of(typed["closed_until"], "closed_until"),
                because=typed["because"],
            )
            messages.success(request, _("Your promise is kept. People see it before they ask."))
            return HttpResponseRedirect(reverse("to-answer"))
        except Refused as refused:
            fault, field = refused.message, refused.field
    context = {"here": "to-answer", "typed": typed, "fault": fault, "field": field}
    return render(request, "answers/promise.html", context, status=422 if fault else 200)


@require_http_methods(["GET", "POST"])
@keeps_words
@signed_in
def ask(request: LookingRequest, ask: str) -> HttpResponse:
    """The answer form: the author's wish first, then the verdicts, then the words."""
    person = _person(request)
    waiting = ask_waiting(ask, request.viewer, by=person)
    if request.method == "GET":
        if waiting.ask.state in _OVER:
            messages.info(request, _OVER[waiting.ask.state])
            return HttpResponseRedirect(address(waiting.about.conversation_public_id, waiting.about.share))
        return _form(request, waiting, {"key": public_id()})
    typed = _typed(request)
    if request.POST.get("do") == "show":
        return _form(request, waiting, typed, shown=True)
    try:
        give_answer(ask, _given(typed), by=person, role=_role(typed["byline"], person), key=typed["key"])
    except Refused as refused:
        return _form(request, waiting, typed, fault=refused)
    messages.success(request, _("Answered. Whoever asked reads it first."))
    return HttpResponseRedirect(reverse("to-answer"))


@require_POST
@signed_in
def blurs(request: LookingRequest) -> HttpResponse:
    """Which words of a begun answer blur it, for the page to show while one writes. Nothing is kept."""
    return render(request, "answers/blurs.html", {"blurs": _blurs(_typed(request))})


@require_http_methods(["GET", "POST"])
@keeps_words
@signed_in
def replace(request: LookingRequest, answer: str) -> HttpResponse:
    """*I have changed my mind*: a new answer in place of one's own, which stays readable."""
    person = _person(request)
    earlier = Answer.visible.to(request.viewer).filter(public_id=answer, person_id=person.id).first()
    if earlier is None:
        raise NotThere
    found = Ask.visible.to(request.viewer).filter(id=earlier.ask_id).first()
    if found is None:
        raise NotThere
    waiting = ask_waiting(found.public_id, request.viewer, by=person)
    if request.method == "GET":
        return _form(request, waiting, {"key": public_id()}, earlier=earlier)
    typed = _typed(request)
    if request.POST.get("do") == "show":
        return _form(request, waiting, typed, earlier=earlier, shown=True)
    try:
        replace_answer(
            answer, _given(typed), by=person, role=_role(typed["byline"], person), key=typed["key"]
        )
    except Refused as refused:
        return _form(request, waiting, typed, fault=refused, earlier=earlier)
    messages.success(request, _("Answered anew. The earlier answer stays readable."))
    return HttpResponseRedirect(address(waiting.about.conversation_public_id, waiting.about.share))


_OVER = {
    int(Ask.State.ANSWERED): gettext_lazy("It is answered already."),
    int(Ask.State.TAKEN_BACK): gettext_lazy("Whoever asked has taken it back."),
}
_FIELDS = (
    "verdict",
    "words",
    "reason",
    "reason_kind",
    "unknown",
    "again",
    "all_words",
    "all_reason",
    "byline",
    "key",
)


def _typed(request: LookingRequest) -> dict[str, str]:
    return {name: request.POST.get(name, "").replace("\r\n", "\n") for name in _FIELDS}


def _given(typed: dict[str, str]) -> Given:
    """What was chosen, as values. Raises Refused where nothing was."""
    if typed["verdict"] not in {str(one.value) for one in Verdict}:
        raise Refused(_("Choose one of the six verdicts."), "verdict")
    kinds = {str(one.value): one for one in ReasonKind}
    verdict = Verdict(int(typed["verdict"]))
    other = Wording(typed["all_words"], typed["all_reason"])
    return Given(
        verdict,
        Wording(typed["words"], typed["reason"], typed["unknown"]),
        kinds.get(typed["reason_kind"]),
        day_of(typed["again"], "again") if verdict == Verdict.NOT_NOW else None,
        other if other.as_text() else None,
    )


def _blurs(typed: dict[str, str]) -> list[tuple[str, str]]:
    """``(the words, what to ask oneself about them)``, of all that was written."""
    language = get_language() or settings.LANGUAGE_CODE
    found: list[tuple[str, str]] = []
    for name in ("words", "reason", "unknown", "all_words", "all_reason"):
        text = typed.get(name, "")[:LONGEST_REASON]
        found += [
            (text[blur.start : blur.end], str(blur.question)) for blur in check_tone(text, language=language)
        ]
    return list(dict.fromkeys(found))


def _form(
    request: LookingRequest,
    waiting: Waiting,
    typed: dict[str, str],
    *,
    fault: Refused | None = None,
    earlier: Answer | None = None,
    shown: bool = False,
) -> HttpResponse:
    person = _person(request)
    others = [
        one
        for one in asking.askable(waiting.audience, request.viewer)
        if one.held.person.id != waiting.ask.person_id
    ]
    context: dict[str, Any] = {
        "here": "to-answer",
        "row": ask_row(waiting),
        "ask": waiting.ask,
        "drawn": draw_alone(waiting.about.share),
        "conversation": waiting.about.conversation_public_id,
        "verdicts": [(one, verdict_sign(one), one.label, MEANINGS[one]) for one in Verdict],
        "kinds": [(one.value, one.label) for one in ReasonKind],
        "typed": typed,
        "fault": fault,
        "earlier": earlier,
        "others": others,
        "roles": roles_now(person),
        "hours": settings.HOURS_OF_HEADS_UP,
        "wider": waiting.others_read,
        "blurs": _blurs(typed),
        "shown": _preview(typed) if shown else None,
    }
    return render(request, "answers/form.html", context, status=422 if fault else 200)


def _preview(typed: dict[str, str]) -> dict[str, Any]:
    # As long as it could be given at all; more is refused when it is sent.
    parts = (typed[name][:LONGEST_REASON] for name in ("words", "reason", "unknown"))
    text = Wording(*parts).as_text()
    labels = {str(one.value): one for one in Verdict}
    verdict = labels.get(typed["verdict"])
    return {
        "verdict": verdict.label if verdict else "",
        "sign": verdict_sign(verdict) if verdict else "",
        "html": markdown.render(text),
    }


@require_POST
@keeps_words
@signed_in
def hand_over(request: LookingRequest, ask: str) -> HttpResponse:
    """*Not mine*: someone else who reads it and holds a mandate answers."""
    person = _person(request)
    return _step(
        request,
        ask,
        lambda: asking.hand_over(
            ask,
            request.POST.get("mandate", ""),
            by=person,
            because=request.POST.get("because", ""),
            key=request.POST.get("key", ""),
        ),
        _("Handed over. Whoever asked is told."),
    )


@require_POST
@keeps_words
@signed_in
def new_day(request: LookingRequest, ask: str) -> HttpResponse:
    """Promise another day, and say why."""
    person = _person(request)

    def act() -> None:
        day = day_of(request.POST.get("day", ""), "day")
        if day is None:
            raise Refused(_("Choose a day that is still to come."), "day")
        asking.promise_new_day(
            ask, day, request.POST.get("because", ""), by=person, key=request.POST.get("key", "")
        )

    return _step(request, ask, act, _("Another day is promised. Whoever asked is told why."))


@require_POST
@keeps_words
@signed_in
def conflict(request: LookingRequest, ask: str) -> HttpResponse:
    """Say that one has a stake in it."""
    person = _person(request)
    return _step(
        request,
        ask,
        lambda: asking.declare_conflict(ask, by=person),
        _("Noted. Hand it over to someone else."),
    )


def _step(request: LookingRequest, ask: str, act: Any, done: str) -> HttpResponse:
    try:
        act()
    except Refused as refused:
        waiting = ask_waiting(ask, request.viewer, by=_person(request))
        typed = {name: request.POST.get(name, "") for name in ("mandate", "because", "day")}
        return _form(request, waiting, {**typed, "key": public_id(), "step": "yes"}, fault=refused)
    messages.success(request, done)
    return HttpResponseRedirect(reverse("to-answer"))


@require_POST
@signed_in
def take_back(request: LookingRequest, ask: str) -> HttpResponse:
    """Ask no longer."""
    person = _person(request)
    try:
        asking.take_ask_back(ask, by=person)
        messages.success(request, _("Taken back. Nobody is asked for an answer by you here now."))
    except Refused as refused:
        messages.info(request, refused.message)
    return HttpResponseRedirect(reverse("front"))


@require_http_methods(["GET", "POST"])
@keeps_words
@signed_in
def ask_about(request: LookingRequest, line: str) -> HttpResponse:
    """Ask for an answer: whom, and by when it is promised."""
    person = _person(request)
    seen = line_seen(line, request.viewer)
    if not asking.may_ask_about(seen.share, by=person):
        raise NotThere
    typed = {name: request.POST.get(name, "") for name in ("mandate", "because")}
    fault: Refused | None = None
    if request.method == "POST":
        try:
            asking.ask(
                line, typed["mandate"], by=person, because=typed["because"], key=request.POST.get("key", "")
            )
            messages.success(request, _("Asked. The answer comes to you first."))
            return HttpResponseRedirect(address(seen.conversation_public_id, seen.share))
        except Refused as refused:
            fault = refused
    words = request.GET.get("q", "")
    context = {
        "line": line,
        "about": sentence(seen.share),
        "conversation": seen.conversation_public_id,
        "found": asking.askable(seen.share.audience, request.viewer, words),
        "q": words,
        "typed": typed,
        "fault": fault,
        "key": public_id(),
    }
    return render(request, "answers/ask.html", context, status=422 if fault else 200)


def _role(title: str, person: Person) -> Any:
    if not title:
        return None
    for role in roles_now(person):
        if role.title == title:
            return role
    raise Refused(_("You do not hold that role now. Choose your own name, or a role you hold."), "byline")


def _whole(written: str) -> int:
    return int(written) if written.strip().isdecimal() and len(written) < 5 else 0


def _person(request: LookingRequest) -> Person:
    return cast(Person, request.person)  # behind signed_in
