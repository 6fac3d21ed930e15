"""What became of that which somebody was mailed: it was answered, answered anew, or has moved. One short mail."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from communis.answers import telling as about_answers
from communis.answers.showing import replaces_earlier, rulings_of
from communis.attention.mail_choices import may_be_mailed
from communis.channels.email.letters import how_to_answer, words_in_mail
from communis.channels.email.models import Outgoing
from communis.channels.email.queueing import queue
from communis.channels.email.shape import Mail, Part, Recipient, mail
from communis.channels.email.templates import LATER, SINCE, TOLD
from communis.conversations import telling
from communis.conversations.gate import Seen
from communis.conversations.kinds import Kind
from communis.conversations.lines import lines_seen
from communis.conversations.moving import gone_on
from communis.conversations.shown_words import byline
from communis.journal.models import Entry
from communis.journal.reactions import react_to
from communis.looking.viewers import Viewer
from communis.people.holdings import viewer_for


@react_to("contributed")
def what_was_mailed_is_answered(entry: Entry) -> None:
    """Tell whoever was mailed something of the conversation of the verdict, unless they are told of it already."""
    line = entry.about["line"]
    if telling.kind_on(line) == Kind.ANSWER:
        mailed = _mailed(telling.lines_in(entry.about["conversation"]))
        _tell(entry, line, mailed - about_answers.told_by_itself(line))


@react_to("moved")
def what_was_mailed_has_moved(entry: Entry) -> None:
    """Tell whoever was mailed something of the branch where it is; in its old place, where their thread is."""
    _tell(entry, entry.about["summary"], _mailed(telling.lines_in(entry.about["conversation"])))


def _mailed(lines: list[int]) -> set[int]:
    """Those who have got the words of one of these lines by mail."""
    sent = Outgoing.objects.filter(line_id__in=lines, template__in=(TOLD, LATER), state=Outgoing.State.SENT)
    return set(sent.values_list("person_id", flat=True))


def _tell(entry: Entry, line: int, persons: set[int]) -> None:
    told = Outgoing.objects.filter(entry=entry.id, template=TOLD).values_list("person_id", flat=True)
    for person in sorted(persons - set(told) - {entry.person_id}):
        seen = lines_seen([line], viewer_for(person)).get(line)
        if seen is not None and may_be_mailed(person):
            queue(SINCE, person, entry.id, f"{seen.share.line}:{entry.at}", line_id=line)


def since_mail(said: Seen, viewer: Viewer, recipient: Recipient, *, with_words: bool) -> Mail | None:
    """Of an answer or of a summary that a branch left behind; None where it leads nowhere her eyes can follow."""
    if said.kind == Kind.ANSWER:
        head, link = _answered(said, viewer), reverse("line", args=[said.line])
    else:
        moved_to = gone_on([said], viewer).get(said.contribution)
        if moved_to is None:
            return None
        head = _("Something you were mailed has a conversation of its own now. This was left in its place:")
        link = reverse("conversation", args=[moved_to])
    if with_words:
        parts = [Part(head), Part(f"{byline(said)}:"), *words_in_mail(said, in_full=True)]
    else:
        parts = [Part(_("Something has happened with what you were told of by mail."))]
    parts.append(Part(_("Read and answer here:"), f"{settings.BASE_URL}{link}"))
    if said.kind == Kind.ANSWER:
        parts += how_to_answer(recipient, said)
    why = _("You were sent something of this conversation by mail.")
    return mail(_("Something has been written to you"), parts, recipient, why=why)


def _answered(said: Seen, viewer: Viewer) -> str:
    ruling = rulings_of([said]).get(said.contribution)
    verdict = {"verdict": ruling.verdict.label if ruling else ""}
    if replaces_earlier(said, viewer):
        return _("There is a new answer to what you were mailed about: %(verdict)s.") % verdict
    return _("There is an answer to what you were mailed about: %(verdict)s.") % verdict
