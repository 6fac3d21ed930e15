"""Notices in words: what happened, what it is about, why one is told, and where it leads. On pages and in mails."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from communis.attention.counted import HowMany
from communis.attention.models import Notice
from communis.attention.notices import NAME_CLAIMS, Told
from communis.conversations.hiding import is_hidden
from communis.conversations.shown_words import byline, sentence

Reason = Notice.Reason

_ANSWERS = (
    Reason.TO_ANSWER,
    Reason.ANSWER_DUE,
    Reason.ANSWER_GIVEN,
    Reason.NEW_DAY,
    Reason.HANDED_OVER,
    Reason.OWN_OUTCOME,
    Reason.OUTCOME,
    Reason.HELP,
    Reason.ANSWER_KEPT,
)


def line(told: Told) -> str:
    """What happened."""
    if told.widening:
        return {
            Reason.ASKED: _("You are asked about an opening"),
            Reason.ASKED_AGAIN: _("There is still time to answer about an opening"),
            Reason.WILL_OPEN: _("What you said yes to will be opened. Look once more"),
            Reason.CAN_OPEN: _("What you proposed can be opened. You choose"),
        }[told.reason]
    if told.trial:
        return {
            Reason.CHANGED: _("Something has changed about what was tried"),
            Reason.REVIEW_DUE: _("Time to look again at what was tried"),
            Reason.GUARDIAN: _("You are the one to talk to about what was tried"),
        }[told.reason]
    if told.reason == Reason.OUTSIDE_WAITS:
        return _from_outside(told.counted)
    if told.lesson:
        return _("You are asked about a lesson for all")
    if told.report:
        return {
            Reason.REPORTED: _("Someone was cut down, and lets you read it"),
            Reason.REPORT_HANDLED: _("What you reported is handled"),
        }[told.reason]
    if told.reason in NAME_CLAIMS:
        return {
            Reason.NAME_CLAIM_WAITS: _("Someone says that they wrote this before it came here"),
            Reason.NAME_CLAIM_ANSWERED: _("A steward has answered whether you wrote this"),
            Reason.NAME_CLAIM_OFFERED: _("A steward asks whether you wrote this"),
        }[told.reason]
    if told.said is None:
        return _("You were let into %(circle)s") % {"circle": told.circle.name if told.circle else ""}
    if told.reason == Reason.SIMPLER:
        return _("Two people want this said more simply")
    if told.reason == Reason.ADOPTED:
        return _("Your simpler words stand as the headline now")
    if told.reason == Reason.THANKED:
        return _("You have been thanked")
    if told.reason == Reason.HIDDEN:
        return _("Your words are hidden, with a reason")
    if told.reason == Reason.SHOWN_AGAIN:
        return _("Your hidden words are shown again")
    if told.reason == Reason.OUTING:
        return _("Someone finds that these words tell who wrote without a name")
    if told.reason == Reason.SHOWN:
        return _("Someone shows you that they wrote this behind the scenes")
    if told.reason in _ANSWERS:
        return {
            Reason.TO_ANSWER: _("You are asked for an answer"),
            Reason.ANSWER_DUE: _("You have promised an answer soon"),
            Reason.ANSWER_GIVEN: _("You have been given an answer"),
            Reason.NEW_DAY: _("Another day is promised for your answer"),
            Reason.HANDED_OVER: _("Someone else will answer what you asked"),
            Reason.OWN_OUTCOME: _("What came of your idea"),
            Reason.OUTCOME: _("What came of something you took part in"),
            Reason.HELP: _("Someone wants to help with this"),
            Reason.ANSWER_KEPT: _("What you said about the reason was read. The answer stands"),
        }[told.reason]
    # Under hidden words stands the name of who hid them, who did none of this.
    name = {"name": _("Someone") if is_hidden(told.said) else byline(told.said)}
    if told.reason == Reason.LETTER:
        return _("%(name)s has written to you") % name
    if told.reason == Reason.ANSWERED:
        return _("%(name)s has answered you") % name
    if told.reason == Reason.CORRECTED:
        return _("%(name)s has corrected what you answered") % name
    if told.reason == Reason.HOSTING:
        return _("%(name)s has answered a question you host") % name
    if told.reason == Reason.MOVED:
        return _("%(name)s has given a branch you wrote in its own conversation") % name
    return _("%(name)s has written in a conversation you listen to") % name


def _from_outside(counted: HowMany) -> str:
    number = {"number": counted.waits}
    waits = ngettext(
        "%(number)s mail from outside waits", "%(number)s mails from outside wait", counted.waits
    )
    if not counted.soon_gone:
        return waits % number
    gone = ngettext(
        "%(number)s of them is deleted within three days",
        "%(number)s of them are deleted within three days",
        counted.soon_gone,
    )
    return f"{waits % number}. {gone % {'number': counted.soon_gone}}"


def words(told: Told) -> str:
    """The first sentence of what it is about; empty where there are no words."""
    if told.trial:
        return told.trial[1]
    return sentence(told.said) if told.said else ""


def why(reason: Notice.Reason) -> str:
    """Why one is told."""
    return {
        Reason.LETTER: _("You are one of those it is written to."),
        Reason.ANSWERED: _("It answers your own words."),
        Reason.CORRECTED: _("You had answered the words as they stood before."),
        Reason.HOSTING: _("You look after the question it answers."),
        Reason.LISTENING: _("You chose to listen to the conversation."),
        Reason.SIMPLER: _("You look after the conversation. Nobody is told who asked."),
        Reason.ADOPTED: _("You proposed them."),
        Reason.THANKED: _("You wrote the words. Only you and the one who thanks can read it."),
        Reason.OUTING: _("They are yours, or you look after the conversation. Nobody is told who said so."),
        Reason.MOVED: _("You wrote in the branch. Everything you said is there, for the same readers."),
        Reason.ASKED: _("Someone wants to show words of yours to more people."),
        Reason.ASKED_AGAIN: _("You have not answered. Nobody reminds you again."),
        Reason.WILL_OPEN: _("You said yes. Until it opens you can take that back."),
        Reason.CAN_OPEN: _("You proposed it."),
        Reason.LESSON: _("It is drawn from an answer to you. Nothing is told unless you agree."),
        Reason.THANKED: _("You wrote the words. Only you and the one who thanks can read it."),
        Reason.OUTING: _("They are yours, or you look after the conversation. Nobody is told who said so."),
        Reason.NAME_CLAIM_WAITS: _("You are a steward, and stewards answer."),
        Reason.NAME_CLAIM_ANSWERED: _("You had said so, or were asked. Nobody else is told."),
        Reason.NAME_CLAIM_OFFERED: _("It came from elsewhere, under a name that may be yours."),
        Reason.OUTSIDE_WAITS: _(
            "You are a steward, and stewards look at it. You are told once a day while it waits."
        ),
        Reason.SHOWN: _("You are the one it is shown to."),
        Reason.TO_ANSWER: _("You hold the mandate, answer along, or answer in place of who is away."),
        Reason.ANSWER_DUE: _("The day you promised is near. You are reminded once."),
        Reason.ANSWER_GIVEN: _("You asked for it, or wrote what it answers."),
        Reason.NEW_DAY: _("You asked. The reason stands with the new day."),
        Reason.HANDED_OVER: _("You asked. The day that was promised stays."),
        Reason.OWN_OUTCOME: _("You wrote what was answered."),
        Reason.OUTCOME: _("You wrote in the conversation."),
        Reason.HELP: _("You wrote it, or said yes to it. You are told once of each."),
        Reason.REPORTED: _("You are the one who receives such reports here."),
        Reason.REPORT_HANDLED: _("You reported it. Nobody else is told."),
        Reason.HIDDEN: _("You wrote what is hidden."),
        Reason.SHOWN_AGAIN: _("You wrote what was hidden."),
        Reason.ANSWER_KEPT: _("You answered the reason. Nobody else is told."),
        Reason.CHANGED: _("You are the one to talk to about it, or it was your idea."),
        Reason.REVIEW_DUE: _("You are the one to talk to about it. You are told once."),
        Reason.GUARDIAN: _("Someone named you. You can name another, or nobody."),
        Reason.WELCOME: _("Whoever looks after the circle let you in."),
    }[reason]


def address(told: Told) -> str:
    """Where it leads, without the host."""
    if told.widening:
        return reverse("widening", args=[told.widening])
    if told.lesson:
        return reverse("lesson", args=[told.lesson])
    if told.report:
        return f"{reverse('reports')}#{told.report}"
    if told.trial:
        return reverse("trial", args=[told.trial[0]])
    if told.claim:
        return reverse("claim", args=[told.claim])
    if told.reason in NAME_CLAIMS:
        return reverse("stewards-name-claims" if told.reason == Reason.NAME_CLAIM_WAITS else "name-claims")
    if told.reason == Reason.OUTSIDE_WAITS:
        return reverse("outside-mail")
    if told.said is None:
        return reverse("circle", args=[told.circle.public_id]) if told.circle else reverse("circles")
    if told.reason == Reason.CORRECTED:
        return reverse("notice", args=[told.public_id])
    if told.reason in (Reason.TO_ANSWER, Reason.ANSWER_DUE):
        return reverse("to-answer")
    if told.reason in _ANSWERS and not told.said.opening:
        # What is not at the top of a conversation has what was promised on its own page.
        return reverse("line", args=[told.said.line])
    if told.reason in (Reason.SIMPLER, Reason.THANKED, Reason.OUTING):
        return reverse("line", args=[told.said.line])
    return f"{reverse('conversation', args=[told.conversation])}#{told.said.line}"
