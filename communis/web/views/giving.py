"""The answer form: the author's wish first, then the verdicts, then the words; kept while one writes."""

from typing import Any, cast

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from communis.answers import asking
from communis.answers.answering import LONGEST_REASON, Given, Wording, give_answer, replace_answer
from communis.answers.drafts import drafted, forget_draft, keep_draft
from communis.answers.models import Answer, Ask
from communis.answers.queue import Waiting, ask_waiting
from communis.answers.tone.check import check_tone
from communis.answers.verdicts import MEANINGS, ReasonKind, Verdict
from communis.conversations import markdown
from communis.conversations.models import Draft
from communis.conversations.refusals import NotThere, Refused
from communis.journal.ids import public_id
from communis.people.actions import roles_now
from communis.people.models import Person
from communis.web.access import signed_in
from communis.web.answer_words import ask_row
from communis.web.compose_page import draft_status
from communis.web.drawn_alone import draw_alone
from communis.web.kept_words import keeps_words
from communis.web.middleware import LookingRequest
from communis.web.rows import address
from communis.web.typed_days import day_written
from communis.web.verdict_signs import verdict_sign
from communis.web.views.drafts import line


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
        return answer_form(request, waiting, _begun(ask, person))
    typed = _typed(request)
    if request.POST.get("do") == "show":
        return answer_form(request, waiting, typed, shown=True)
    try:
        give_answer(ask, _given(typed), by=person, role=_role(typed["byline"], person), key=typed["key"])
    except Refused as refused:
        if _kept_though_over(request, ask, typed, person):
            return HttpResponseRedirect(address(waiting.about.conversation_public_id, waiting.about.share))
        return answer_form(request, waiting, typed, fault=refused)
    forget_draft(ask, by=person)
    messages.success(request, _("Answered. Whoever asked reads it first."))
    return HttpResponseRedirect(reverse("to-answer"))


@require_POST
@keeps_words
@signed_in
def draft(request: LookingRequest, ask: str) -> HttpResponse:
    """Keep an answer that is begun: by a script while one writes, which is told in one line, or by the button."""
    person = _person(request)
    waiting = ask_waiting(ask, request.viewer, by=person)
    typed, pressed = _typed(request), request.POST.get("do") == "keep"
    try:
        kept = _keep(ask, typed, person)
    except Refused as refused:
        if pressed:
            return answer_form(request, waiting, typed, fault=refused)
        return line(refused.message, 422)
    if not pressed:
        return line(draft_status(kept), 200)
    messages.success(request, _("Kept. Only you see it."))
    return HttpResponseRedirect(reverse("to-answer"))


def _keep(ask: str, typed: dict[str, str], person: Person) -> Draft | None:
    fields = {name: value for name, value in typed.items() if name != "key"}
    return keep_draft(ask, fields, by=person, key=typed["key"])


def _kept_though_over(request: LookingRequest, ask: str, typed: dict[str, str], person: Person) -> bool:
    """Answered or taken back while one wrote: whether that is so, and said, and what one wrote is kept."""
    over = _OVER.get(ask_waiting(ask, request.viewer, by=person).ask.state)
    try:
        if not over or _keep(ask, typed, person) is None:
            return False
    except Refused:
        return False
    messages.info(request, f"{over} {_('What you wrote is kept among your drafts.')}")
    return True


def _begun(ask: str, person: Person) -> dict[str, str]:
    """What stands in the form when it is opened: what one began, or nothing."""
    found = drafted(ask, by=person)
    return {**(found[1] if found else {}), "key": public_id()}


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
        return answer_form(request, waiting, _begun(found.public_id, person), earlier=earlier)
    typed = _typed(request)
    if request.POST.get("do") == "show":
        return answer_form(request, waiting, typed, earlier=earlier, shown=True)
    try:
        replace_answer(
            answer, _given(typed), by=person, role=_role(typed["byline"], person), key=typed["key"]
        )
    except Refused as refused:
        return answer_form(request, waiting, typed, fault=refused, earlier=earlier)
    forget_draft(found.public_id, by=person)
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
        day_written(typed["again"], "again") if verdict == Verdict.NOT_NOW else None,
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


def answer_form(
    request: LookingRequest,
    waiting: Waiting,
    typed: dict[str, str],
    *,
    fault: Refused | None = None,
    earlier: Answer | None = None,
    shown: bool = False,
) -> HttpResponse:
    """The page with what was typed in it, and what is wrong with it; ``shown``: as it will be read, above it."""
    person = _person(request)
    others = [
        one
        for one in asking.askable(waiting.audience, request.viewer)
        if one.held.person.id != waiting.ask.person_id
    ]
    context: dict[str, Any] = {
        "here": "to-answer",
        "main_class": "with-form",
        "row": ask_row(waiting),
        "status": draft_status(begun[0] if (begun := drafted(waiting.ask.public_id, by=person)) else None),
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


def _role(title: str, person: Person) -> Any:
    if not title:
        return None
    for role in roles_now(person):
        if role.title == title:
            return role
    raise Refused(_("You do not hold that role now. Choose your own name, or a role you hold."), "byline")


def _person(request: LookingRequest) -> Person:
    return cast(Person, request.person)  # behind signed_in
