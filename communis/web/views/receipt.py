"""The page a receipt opens. Nobody is signed in here, and the code comes with every form: never in an address."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from communis.behind_the_scenes import consenting, holding
from communis.conversations.refusals import NotThere, Refused
from communis.openness.receipt_codes import NotAReceipt, parse, written
from communis.web.batch_words import appears
from communis.web.receipt_page import opened
from communis.web.wrong_receipts import too_many, wrong_receipt

Post = dict[str, str]


@csrf_exempt
@require_http_methods(["GET", "POST"])
def receipt(request: HttpRequest) -> HttpResponse:
    """Ask for a receipt; and what it opens, with everything its holder can do there."""
    if request.method == "GET":
        return render(request, "behind_the_scenes/receipt.html", {})
    post = {name: value for name, value in request.POST.items() if isinstance(value, str)}
    typed = post.get("code", "")
    try:
        code = parse(typed)
        holding.held_by(code)
    except NotAReceipt as wrong:
        return _asked_again(request, typed, str(wrong))
    except NotThere:
        return _wrong(request, typed)
    said, faults = "", {}
    do = ACTIONS.get(post.get("do", ""))
    if do is not None:
        try:
            said = do(code, post)
        except Refused as refused:
            faults = {"about": post.get("line", "") or post.get("number", ""), "fault": refused.message}
        except NotThere:
            faults = {"about": "", "fault": _("That is no longer there.")}
    try:
        held = holding.held_by(code)
    except NotThere:
        # Burnt just now, or the last words that waited were taken back.
        return render(request, "behind_the_scenes/receipt.html", {"said": said})
    context: dict[str, Any] = {
        **opened(held),
        "code": written(code),
        "said": said,
        "faults": faults,
        "typed": post.get("text", "") if faults else "",
        "appears": appears(),
        "public": settings.PUBLIC_RUNG,
    }
    status = 422 if faults else 200
    return render(request, "behind_the_scenes/opened.html", context, status=status)


def _asked_again(request: HttpRequest, typed: str, fault: str, status: int = 422) -> HttpResponse:
    context = {"typed": typed[:200], "fault": fault}
    return render(request, "behind_the_scenes/receipt.html", context, status=status)


def _wrong(request: HttpRequest, typed: str) -> HttpResponse:
    """The same for a receipt that never was and one that is burnt."""
    if wrong_receipt():
        return _asked_again(request, typed, too_many(), status=429)
    return _asked_again(request, typed, _("This receipt opens nothing. Compare with what you kept."))


def _answer(code: bytes, post: Post) -> str:
    holding.answer(code, post.get("line", ""), post.get("text", ""))
    return _("Kept. Your words appear %(when)s.") % {"when": appears()}


def _reword(code: bytes, post: Post) -> str:
    holding.reword(code, post.get("line", ""), post.get("text", ""))
    return _("Kept. Your words appear %(when)s.") % {"when": appears()}


def _take_back(code: bytes, post: Post) -> str:
    holding.take_back(code, post.get("line", ""))
    return _("Taken back. What someone has read or copied cannot be taken back.")


def _reword_waiting(code: bytes, post: Post) -> str:
    holding.reword_waiting(code, _number(post), post.get("text", ""))
    return _("Changed.")


def _drop_waiting(code: bytes, post: Post) -> str:
    holding.drop_waiting(code, _number(post))
    return _("Taken back. Nobody has seen it.")


def _open_to(code: bytes, post: Post) -> str:
    value = post.get("opens_to", "")
    holding.open_to(code, int(value) if value.isdecimal() and len(value) == 1 else -1)
    return _("Changed.")


def _burn(code: bytes, post: Post) -> str:
    if post.get("sure") != "yes":
        raise Refused(_("Tick that you are sure. A burnt receipt can never be used again."))
    holding.burn(code)
    return _("Burnt. This receipt opens nothing any more, for anyone.")


def _consent(code: bytes, post: Post) -> str:
    way = post.get("way", "")
    if way not in ("yes", "no"):
        raise Refused(_("Choose yes or no."))
    consenting.consent(code, post.get("widening", ""), yes=way == "yes", page=post.get("seen", ""))
    return _("Thank you. Nothing happens before the time is out. Nobody is told how you answered.")


def _number(post: Post) -> int:
    number = post.get("number", "")
    return int(number) if number.isdecimal() and len(number) < 20 else 0


ACTIONS: dict[str, Callable[[bytes, Post], str]] = {
    "answer": _answer,
    "reword": _reword,
    "take-back": _take_back,
    "reword-waiting": _reword_waiting,
    "drop-waiting": _drop_waiting,
    "consent": _consent,
    "open-to": _open_to,
    "burn": _burn,
}
