"""The same page as people usually write it in Django: the gate, a list of rows, and a template with a loop.

An honest reference: the same rows in the same order, the same markup, the same settings, no work done twice.
"""

from pathlib import Path

from django.http import Http404, HttpResponse
from django.template import Context, Engine
from django.utils.translation import gettext as _

from communis.conversations.anchoring import anchored
from communis.conversations.asking import conversation_of
from communis.conversations.files import files_of
from communis.conversations.reading import shares_of, thread
from communis.journal.moments import as_datetime
from communis.openness.rungs import Rung
from communis.web.contributions import DEEPEST
from communis.web.middleware import LookingRequest
from communis.web.rung_signs import rung_sign

ENGINE = Engine(
    dirs=[Path(__file__).parent / "templates"],
    libraries={"i18n": "django.templatetags.i18n"},
)


def template_page(request: LookingRequest, conversation: str) -> HttpResponse:
    found = conversation_of(conversation, request.viewer)
    if found is None:
        raise Http404
    shares = shares_of(found.id, request.viewer)
    anchored(shares), files_of([seen.revision for seen in shares])
    rows = [
        {
            "depth": min(node.depth, DEEPEST),
            "seen": node.seen,
            "answers": node.answers if node.depth > DEEPEST else None,
            "day": as_datetime(node.seen.opened_at) if node.seen else None,
            "rung": Rung(node.seen.rung) if node.seen and node.seen.rung < shares[0].rung else None,
            "sign": rung_sign(node.seen.rung) if node.seen else "",
        }
        for node in thread(found.id, shares)
    ]
    context = Context({"rows": rows, "person": request.person, "title": _("A conversation")})
    return HttpResponse(ENGINE.get_template("page.html").render(context))
