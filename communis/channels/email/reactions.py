"""What goes out by mail at once. What is written down here is a pointer; see sending.py."""

from communis.attention.importance import AT_ONCE
from communis.attention.mail_choices import may_be_mailed
from communis.attention.models import Notice
from communis.attention.telling import made_of
from communis.channels.email.models import Outgoing
from communis.channels.email.queueing import queue
from communis.channels.email.templates import CORRECTED, SINCE, TOLD
from communis.conversations import telling
from communis.conversations.lines import lines_seen
from communis.journal.models import Entry
from communis.journal.moments import DAY, now
from communis.journal.reactions import react_to
from communis.people.holdings import viewer_for

# A mail at once about what is days old would only surprise: where the worker has stood still, the digest tells it.
TOO_LATE = 2 * DAY


@react_to("started")
@react_to("contributed")
@react_to("appeared")
@react_to("asked for answer")
@react_to("handed over ask")
@react_to("promised new day")
@react_to("reminded of ask")
@react_to("gave answer")
@react_to("opened answer")
@react_to("proposed widening")
@react_to("reminded of widening")
@react_to("chose to open")
@react_to("more will open")
@react_to("widening can be chosen")
@react_to("proposed lesson")
def someone_was_told(entry: Entry) -> None:
    """One mail for each notice of the entry that cannot wait. Called twice, there is still one.

    The notices are there: their reactions come first, and made them only of what each may see.
    """
    if entry.at < now() - TOO_LATE:
        return
    for notice in made_of(entry):
        if _cannot_wait(notice) and may_be_mailed(notice.person_id):
            queue(TOLD, notice.person_id, entry.id, notice.public_id, line_id=notice.line_id)


def _cannot_wait(notice: Notice) -> bool:
    if notice.reason in AT_ONCE:
        return True
    if notice.line_id is None or notice.conversation_id is None:
        return False
    # An answer to one's own words in a letter is a letter too.
    written_to = notice.reason == Notice.Reason.ANSWERED and telling.written_to(notice.line_id)
    if written_to and notice.person_id in written_to:
        return True
    return notice.person_id in telling.mailed_in(notice.conversation_id)


@react_to("edited")
@react_to("corrected")
def mailed_words_were_corrected(entry: Entry) -> None:
    """Tell whoever was sent the old words by mail: there they still stand."""
    line = entry.about["line"]
    mailed = Outgoing.objects.filter(line_id=line, template__in=(TOLD, SINCE), state=Outgoing.State.SENT)
    for person in sorted(set(mailed.values_list("person_id", flat=True)) - {entry.person_id}):
        seen = lines_seen([line], viewer_for(person)).get(line)
        # Of several changes in a row one mail tells, with the words as they are when it leaves.
        on_its_way = Outgoing.objects.filter(
            person_id=person, line_id=line, template=CORRECTED, state=Outgoing.State.WAITING
        )
        if seen is not None and may_be_mailed(person) and not on_its_way.exclude(entry=entry.id).exists():
            queue(CORRECTED, person, entry.id, f"{seen.share.line}:{entry.at}", line_id=line)
