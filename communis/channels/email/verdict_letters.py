"""Mails to who answers: which words give a verdict, and what became of one that was sent."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from communis.answers.models import Answer, Ask
from communis.answers.verdicts import Verdict
from communis.channels.email.mail_ids import thread_id
from communis.channels.email.models import Arrived, Outgoing
from communis.channels.email.queueing import queue
from communis.channels.email.shape import Mail, Part, Recipient, mail
from communis.channels.email.templates import VERDICT
from communis.channels.email.verdict_words import words_here
from communis.conversations.lines import lines_open
from communis.looking.viewers import Viewer

Outcome, Reason = Arrived.Outcome, Arrived.Reason


def how_to_give_verdict(*, with_verdict: bool) -> list[Part]:
    """Below the words one is asked about; ``with_verdict`` where one can be given by mail."""
    reply = Part(
        _("You can answer this mail. It is then a reply to those who read this, and the ask goes on waiting.")
    )
    if not with_verdict:
        return [reply]
    no = [word for word, said in words_here().items() if said.verdict == Verdict.NO]
    others = [word for word, said in words_here().items() if said.verdict != Verdict.NO]
    return [
        reply,
        Part(_("To give the answer by mail, begin with one of these, alone on the first line:")),
        Part(" / ".join(others)),
        Part(" / ".join(no)),
        Part(_("Write the answer below it, in one or two sentences. Then a blank line, and the reason.")),
    ]


def tell_of_verdict(arrived: Arrived) -> bool:
    """Queue the mail that says what became of a verdict; whether there is one. Safe to repeat."""
    if arrived.outcome != Outcome.OFFERED_WORD or arrived.ask_id is None or arrived.person_id is None:
        return False
    if arrived.reason not in (Reason.NONE, Reason.NOT_WHOLE):
        return False
    queue(VERDICT, arrived.person_id, arrived.id, arrived.public_id, about={"arrived": arrived.public_id})
    return True


def about_verdict(waiting: Outgoing, viewer: Viewer, recipient: Recipient) -> Mail | None:
    """None where she does not read any more what it is about."""
    arrived = Arrived.objects.filter(public_id=waiting.about["arrived"]).first()
    ask = Ask.visible.to(viewer).filter(id=arrived.ask_id).first() if arrived is not None else None
    about = lines_open([ask.line_id], viewer).get(ask.line_id) if ask is not None else None
    if arrived is None or ask is None or about is None:
        return None
    recipient = recipient._replace(thread=thread_id(waiting.person_id, about.seen.conversation_public_id))
    if arrived.reason == Reason.NOT_WHOLE:
        parts = [
            Part(_("Your answer is not given: something is missing in it, or it cannot be given by mail.")),
            Part(_("What you wrote is kept as a draft. Go on with it here:"), _page("ask", ask.public_id)),
        ]
        return mail(_("Something waits for you"), parts, recipient)
    given = (
        Answer.visible.to(viewer).filter(ask_id=ask.id, person_id=viewer.person_id).order_by("-id").first()
    )
    if given is None:
        return None
    parts = [Part(_("Your answer is given: %(verdict)s.") % {"verdict": Verdict(given.verdict).label})]
    if given.opens_at is not None:
        parts.append(Part(_("Whoever wrote it reads the answer first. Others read it later.")))
    parts.append(
        Part(_("See it here, and change it if you have thought again:"), _page("line", about.seen.share.line))
    )
    return mail(_("What you wrote stands there"), parts, recipient)


def _page(name: str, public_id: str) -> str:
    return f"{settings.BASE_URL}{reverse(name, args=[public_id])}"
