"""Who has read what by now: each has looked at the newest, so that not everything is new to the visitor."""

from collections.abc import Iterator
from functools import partial

from communis.attention.actions import mark_read
from communis.attention.notices import unread
from communis.cli.demonstration.timeline import Happening
from communis.cli.demonstration.town import Town
from communis.conversations.following import mark_seen
from communis.conversations.listing import conversations
from communis.journal.moments import now
from communis.people.demonstration import TRY_AS
from communis.people.holdings import viewer_for

# Birgitta reads last thing, Johan when he finds the time.
LOOKED = {
    "elin": "3 19:30",
    "karin": "3 07:20",
    "amina": "3 14:05",
    "johan": "5 07:40",
    "birgitta": "2 16:05",
}
MOST = 500


def happenings(town: Town) -> Iterator[Happening]:
    for who in TRY_AS:
        yield Happening(town.at(LOOKED[who]), partial(_looks, town, who))


def _looks(town: Town, who: str) -> None:
    person = town.persons[who]
    viewer = viewer_for(person.id)
    for listed in conversations(viewer):
        mark_seen(listed.conversation, now(), by=person)
    mark_read([one.public_id for one in unread(viewer, by=person, most=MOST)], by=person)
