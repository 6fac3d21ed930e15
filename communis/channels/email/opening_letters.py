"""The mail about an opening one is asked about: the page to come in text, and the words that answer (R9, rulings)."""

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from communis.channels.email.models import Arrived
from communis.channels.email.opening_shown import OpeningShown, SaidThere
from communis.channels.email.shape import Mail, Part, Recipient, mail
from communis.journal.moments import as_datetime
from communis.widening.models import Consent, Widening

Outcome, Reason, Way = Arrived.Outcome, Arrived.Reason, Consent.Way


def opening_mail(
    widening: Widening, shown: OpeningShown, recipient: Recipient, *, head: str, why: str = ""
) -> Mail:
    """With the page, and the words where one word can answer. ``head`` says what has happened."""
    parts = [
        Part(head),
        Part(_wanted(shown)),
        Part(widening.reason, quoted=True),
        Part(_("If it opens, it is read by: %(readers)s.") % {"readers": shown.readers}),
    ]
    if shown.open:
        parts += (
            _page(shown) if shown.ways else [Part(_("What is asked about cannot be shown whole in a mail."))]
        )
        parts += _how_to_answer(widening, shown, recipient)
    elif shown.ways and recipient.answered_at:
        parts += _how_to_take_back(widening)
    parts.append(Part(_("Read and answer here:"), _link(widening)))
    return mail(_("Something waits for you"), parts, recipient, why=why)


def short_opening_mail(widening: Widening, recipient: Recipient, *, head: str) -> Mail:
    """Without any words of the page."""
    return mail(
        _("Something waits for you"),
        [Part(head), Part(_("Read and answer here:"), _link(widening))],
        recipient,
    )


def what_became(arrived: Arrived) -> str:
    """Of a word that was sent."""
    if arrived.reason in (Reason.NONE, Reason.MORE_THAN_A_WORD):
        return _("Your answer is kept. You can change it as long as this is asked about.")
    if arrived.reason == Reason.PAGE_CHANGED:
        return _("Nothing was done: the page reads otherwise now. Look at it once more.")
    if arrived.reason == Reason.TOO_LATE:
        return _("Nothing was done: it is too late to answer this by mail.")
    return _("Nothing was done: your first line was none of the words in the mail.")


def answers_now(shown: OpeningShown) -> str:
    """One's own answers as they stand, in words; empty where there is none."""
    labels = {
        Way.YES: _("yes, as it stands"),
        Way.OTHER_WORDS: _("yes, with other words"),
        Way.WITHOUT_NAME: _("yes, without your name"),
        Way.LATER: _("yes, but later"),
        Way.AFTER: _("yes, when something has happened"),
        Way.NO: _("no, it stays here"),
    }
    ways = {Way(one.consent.way) for one in shown.asked if one.holds or one.consent.way == Way.NO}
    return ", ".join(dict.fromkeys(labels[way] for way in Way if way in ways and way in labels))


def _wanted(shown: OpeningShown) -> str:
    name = shown.proposer or _("Someone in the conversation")
    return _("%(name)s wants more people to read this, and says why:") % {"name": name}


def _page(shown: OpeningShown) -> list[Part]:
    parts = [Part(_("This is the page they will see:"))]
    for one in shown.said:
        parts += [Part(_whose(one)), Part(one.words or _("A picture"), quoted=True)]
    parts += [Part(f"{words}: {why}" if words else why) for why, words in shown.found]
    return parts


def _whose(one: SaidThere) -> str:
    name = f"{one.name} ({one.verdict})" if one.verdict else one.name
    if one.own:
        return _("%(name)s – your words:") % {"name": name}
    if one.waits:
        return _("%(name)s – shown if its author says yes:") % {"name": name}
    return f"{name}:"


def _how_to_answer(widening: Widening, shown: OpeningShown, recipient: Recipient) -> list[Part]:
    last = localtime(as_datetime(widening.answer_by))
    record = _("Anyone can ask the organisation for this conversation already today.")
    linked = _("The same words in two places can always be linked. People may join later.")
    parts = []
    if shown.ways and recipient.answered_at:
        meanings = {
            Way.YES: (pgettext("word in a mail", "open"), _("your words may be shown as they stand here")),
            Way.WITHOUT_NAME: (pgettext("word in a mail", "without name"), _("the same, but not your name")),
            Way.NO: (pgettext("word in a mail", "no"), _("your words stay where they are")),
        }
        parts.append(Part(_("Answer this mail with one of these, alone on the first line:")))
        parts += [Part(f"{word} – {meaning}") for word, meaning in (meanings[way] for way in shown.ways)]
        parts.append(
            Part(_("The word holds for what is shown here alone. Other answers are given on its page."))
        )
    return [
        *parts,
        Part(_("You need not answer. If you do nothing, your words stay here.")),
        Part(_("Answer at the latest: %(day)s") % {"day": date_format(last, "j F Y")}),
        Part(_("You can take it back later. What someone has read or got by mail cannot be taken back.")),
        Part(" ".join([record, linked])),
    ]


def _how_to_take_back(widening: Widening) -> list[Part]:
    parts = []
    if widening.state == Widening.State.CHOSEN and widening.opens_at is not None:
        at = date_format(localtime(as_datetime(widening.opens_at)), "j F Y H:i")
        parts.append(Part(_("It opens %(at)s. Until then a yes can be taken back.") % {"at": at}))
    word, meaning = pgettext("word in a mail", "no"), _("your words stay where they are")
    return [
        *parts,
        Part(_("To take your yes back, answer this mail with this word alone on the first line:")),
        Part(f"{word} – {meaning}"),
    ]


def _link(widening: Widening) -> str:
    return f"{settings.BASE_URL}{reverse('widening', args=[widening.public_id])}"
