"""The words that a mail offers: sent back alone they do what they say, for whom it was sent to and nobody else."""

from collections.abc import Container

from django.db import transaction

from communis.channels.email.destinations import Destination
from communis.channels.email.mail_ids import message_id
from communis.channels.email.models import Outgoing
from communis.channels.email.templates import LATER
from communis.conversations.following import follow
from communis.conversations.lines import lines_open
from communis.conversations.models import Following
from communis.journal.moments import DAY, now
from communis.people.holdings import viewer_for
from communis.people.naming import person_with

# In both languages, whichever the mail was in.
MUTE = frozenset({"tyst", "mute"})
WAIT = frozenset({"senare", "later"})


def offered_word(written: str) -> str:
    """The offered word that stands alone on the first line, in small letters; empty when none does."""
    return word_first_in(written, MUTE | WAIT)


def word_first_in(written: str, words: Container[str]) -> str:
    """The one of these that stands alone on the first line, in small letters; empty when none does."""
    first = written.strip().partition("\n")[0]
    word = " ".join(first.strip(" \t*_.!\"'“”").casefold().split())
    return word if word in words else ""


def below_the_word(written: str) -> str:
    """What stands below the first line; empty when nothing does."""
    return written.strip().partition("\n")[2].strip()


def is_alone(written: str) -> bool:
    """Whether nothing else was written."""
    return "\n" not in written.strip()


@transaction.atomic
def obey(word: str, destination: Destination) -> None:
    """Keep the conversation silent, or tell of it again in a day. Safe to repeat; nobody else learns of it."""
    line, person = destination.line_id, destination.person_id
    if word in MUTE and line is not None and person is not None:
        standing = lines_open([line], viewer_for(person)).get(line)
        # What is gone since needs no silence.
        if standing is not None:
            conversation = standing.seen.conversation_public_id
            follow(conversation, Following.Way.SILENT, by=person_with(person))
    elif word in WAIT and destination.outgoing_id is not None:
        _again_in_a_day(Outgoing.objects.get(id=destination.outgoing_id))


def _again_in_a_day(mail: Outgoing) -> None:
    """Another mail, with an id of its own: a program shows the same one only once."""
    due_at = now() + DAY
    Outgoing.objects.update_or_create(
        person_id=mail.person_id,
        entry=mail.entry,
        template=LATER,
        defaults={
            "line_id": mail.line_id,
            "about": {"of": mail.about.get("of", mail.template)},
            "state": Outgoing.State.WAITING,
            "tries": 0,
            "deaths": 0,
            "due_at": due_at,
            "message_id": message_id(mail.person_id, f"{mail.message_id}:{due_at}", LATER),
        },
    )
