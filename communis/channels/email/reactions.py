"""A direct letter tells its receivers by mail. What is written down here is a pointer; see sending.py."""

from communis.attention.plain_mail import wants_letters
from communis.channels.email.letters import LETTER, message_id
from communis.channels.email.models import Outgoing
from communis.conversations import telling
from communis.conversations.lines import lines_seen
from communis.journal.models import Entry
from communis.journal.reactions import react_to
from communis.people.holdings import viewer_for


@react_to("started")
@react_to("contributed")
def a_letter_came(entry: Entry) -> None:
    """One mail to each receiver who may see it now. Called twice, there is still one."""
    line = entry.about["line"]
    silent = telling.silent_in(entry.about["conversation"])
    for person in sorted(telling.written_to(line) - {entry.person_id} - silent):
        viewer = viewer_for(person)
        seen = lines_seen([line], viewer).get(line)
        if not viewer.signed_in or seen is None or not wants_letters(person):
            continue
        about = {"line": line, "conversation": entry.about["conversation"]}
        Outgoing.objects.get_or_create(
            person_id=person,
            entry=entry.id,
            template=LETTER,
            defaults={"about": about, "message_id": message_id(person, seen.share.line)},
        )
