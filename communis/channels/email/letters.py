"""What our mails say. Each is put together when it leaves, of what its one recipient may see then (trust L16)."""

from collections.abc import Sequence

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from communis.attention.models import Notice
from communis.attention.notice_words import address, line, why
from communis.attention.notices import Told
from communis.channels.email.models import Arrived
from communis.channels.email.shape import Mail, Part, Recipient, mail
from communis.channels.email.verdict_letters import how_to_give_verdict
from communis.conversations.gate import Seen, seen_in
from communis.conversations.markdown import plain
from communis.conversations.shown_words import byline, headline_of, sentence
from communis.looking.viewers import Viewer
from communis.openness.rungs import Rung

Reason = Notice.Reason

# Why a mail that is certainly hers waits all the same.
WHY_IT_WAITS = {
    Arrived.Reason.MIXED: gettext_lazy(
        "You sent it to addresses that different people read. Choose who is to read it."
    ),
    Arrived.Reason.UNCLEAR: gettext_lazy(
        "It says in words who is to read it, and we cannot tell whom you mean."
    ),
    Arrived.Reason.FILE_REFUSED: gettext_lazy("Not every file in it can come along."),
    Arrived.Reason.FORWARDED: gettext_lazy(
        "It passes on somebody else's mail, and has no words of your own."
    ),
    Arrived.Reason.LOOK_AT: gettext_lazy(
        "Look at something in it first: all employees can read it, or anyone."
    ),
}
# Characters of somebody's words.
LONGEST = 4000
_LONGEST_SUBJECT = 100
# The whole of what was written is in the mail; of the others the first sentence says what it is about.
_IN_FULL = frozenset(
    {
        Reason.LETTER,
        Reason.ANSWERED,
        Reason.HOSTING,
        Reason.LISTENING,
        Reason.OUTCOME,
        Reason.OWN_OUTCOME,
        Reason.TO_ANSWER,
    }
)
# Whoever is asked: what is answered by mail can be a verdict.
ASKS = frozenset({Reason.TO_ANSWER, Reason.ANSWER_DUE})
CAN_BE_ANSWERED = _IN_FULL - ASKS


def told_mail(
    told: Told, viewer: Viewer, recipient: Recipient, *, with_words: bool, takes_verdict: bool = False
) -> Mail:
    """Of a notice: what happened, the words where they are wanted, and where to go on."""
    organisation = {"organisation": settings.ORGANISATION_NAME or "Communis"}
    link = f"{settings.BASE_URL}{address(told)}"
    parts: list[Part] = []
    if not with_words:
        if told.reason == Reason.LETTER:
            parts.append(Part(_("Someone has written to you in %(organisation)s.") % organisation))
        else:
            parts.append(Part(_("Something new waits for you in %(organisation)s.") % organisation))
    else:
        parts.append(Part(f"{line(told)}."))
        if told.said is not None:
            whose = f"{byline(told.said)}:"
            parts += [] if whose[:-1] in line(told) or told.reason not in _IN_FULL else [Part(whose)]
            parts += words_in_mail(told.said, in_full=told.reason in _IN_FULL)
    parts.append(Part(_("Read and answer here:"), link))
    if told.said is not None and told.reason not in ASKS:
        parts += how_to_answer(recipient, told.said)
    elif recipient.answered_at:
        parts += how_to_give_verdict(with_verdict=takes_verdict and with_words)
    subject = _subject(told.said, viewer) if with_words else ""
    if not subject and told.reason in CAN_BE_ANSWERED:
        subject = _("Something has been written to you")
    return mail(subject or _("Something waits for you"), parts, recipient, why=why(told.reason))


def corrected_mail(said: Seen, viewer: Viewer, recipient: Recipient, *, with_words: bool) -> Mail:
    """Of words that the person was sent, and that read otherwise now."""
    link = f"{settings.BASE_URL}{reverse('line', args=[said.line])}"
    if not with_words:
        parts = [Part(_("Something you were told of reads otherwise now."))]
    else:
        name = {"name": byline(said)}
        corrected = _("%(name)s has corrected what you were sent. It reads so now:") % name
        changed = _("%(name)s has changed what you were sent. It reads so now:") % name
        parts = [
            Part(corrected if said.corrected else changed),
            *words_in_mail(said, in_full=True),
        ]
    parts.append(Part(_("Read and answer here:"), link))
    parts += how_to_answer(recipient, said)
    why_told = _("The old words were in a mail to you.")
    subject = _subject(said, viewer) if with_words else ""
    return mail(subject or _("Something has been written to you"), parts, recipient, why=why_told)


def held_mail(recipient: Recipient) -> Mail:
    """About a mail that waits, to the address its person signs in with."""
    parts = [
        Part(_("A mail has come that may be from you. We cannot tell for certain, so nobody reads it.")),
        Part(
            _("Look at it here, and send it or throw it away:"), f"{settings.BASE_URL}{reverse('held-mail')}"
        ),
        Part(_("Have you sent none? Then throw it away.")),
    ]
    return mail(_("A mail waits for you"), parts, recipient)


def waiting_mail(recipient: Recipient, reason: int, readers: Sequence[str], *, goes_by_itself: bool) -> Mail:
    """About a mail that is certainly hers, and waits for a word of hers. ``readers`` are all whom it can go to."""
    if goes_by_itself:
        says = _(
            "Your mail waits. It is sent ten minutes after this mail has come, unless you throw it away."
        )
    else:
        says = _("Your mail waits for you. Nobody reads it before you say yes.")
    why = WHY_IT_WAITS.get(Arrived.Reason(reason))
    told = [one for one in readers if one]
    parts = [
        Part(says),
        *([Part(str(why))] if why else []),
        *(Part(_("It is for: %(readers)s.") % {"readers": one}) for one in told),
        Part(
            _("Look at it here, and send it or throw it away:"), f"{settings.BASE_URL}{reverse('held-mail')}"
        ),
    ]
    return mail(_("Your mail waits for you"), parts, recipient)


def passed_on_mail(recipient: Recipient) -> Mail:
    """About a mail of hers that is sent, and in which somebody else's words stood."""
    parts = [
        Part(_("Your own words are sent. The mail you passed on with them is shown to nobody.")),
        Part(_("Look at what is kept for you:"), f"{settings.BASE_URL}{reverse('held-mail')}"),
    ]
    return mail(_("What you passed on is kept for you"), parts, recipient)


def passing_mail(recipient: Recipient) -> Mail:
    """To whoever wrote what another wants to pass on."""
    parts = [
        Part(_("Somebody wants to pass on words of yours. Nobody reads them without your yes.")),
        Part(_("See which, to whom, and answer here:"), f"{settings.BASE_URL}{reverse('passings')}"),
        Part(_("You need not answer. Nobody is told that you say no, or nothing.")),
    ]
    return mail(_("May your words be passed on?"), parts, recipient)


def words_in_mail(said: Seen, *, in_full: bool) -> list[Part]:
    """Somebody's words, as long as they fit; or their first sentence."""
    if not in_full:
        return [Part(sentence(said), quoted=True)]
    words = plain(said.html) or sentence(said)
    if len(words) <= LONGEST:
        return [Part(words, quoted=True)]
    # A word is not cut in two, where there are words.
    cut = words[:LONGEST].rsplit(None, 1)[0]
    return [Part(f"{cut} …", quoted=True), Part(_("The rest is on the page."))]


def how_to_answer(recipient: Recipient, said: Seen) -> list[Part]:
    """Who reads an answer to the mail, and the words that it offers."""
    if not recipient.answered_at:
        return []
    if said.rung == Rung.DIRECT:
        readers = _("You can also answer this mail. Those who read the letter read your answer.")
    else:
        readers = _("You can also answer this mail. You get a mail before others read it.")
    words = _("To hear no more of this conversation, answer with the word mute. To be told tomorrow: later.")
    return [Part(readers), Part(words)]


def _subject(said: Seen | None, viewer: Viewer) -> str:
    """What the conversation is about, where all employees may read that; else empty, and nothing of it (trust L19)."""
    if said is not None and said.rung >= Rung.ORGANISATION:
        for opening in seen_in([said.conversation], viewer, openings_only=True):
            headline = " ".join(headline_of(opening, viewer).split()) if _is_wide(opening) else ""
            if headline:
                return headline[:_LONGEST_SUBJECT]
    return ""


def _is_wide(opening: Seen) -> bool:
    return opening.rung >= Rung.ORGANISATION
