"""Builds the demonstration municipality, whole or not at all, through the product's own actions alone."""

from itertools import chain

from django.db import transaction

from communis.attention.gathering import are_gathered, to_gather
from communis.cli.demonstration.parts import (
    blog,
    draft,
    hidden_author,
    letter,
    long_thread,
    looked,
    question,
    swapping,
    tried,
)
from communis.cli.demonstration.spoken import spoken
from communis.cli.demonstration.timeline import Happening, Progress, play
from communis.cli.demonstration.town import Town, settling
from communis.conversations.lines import line_seen
from communis.people.holdings import viewer_for
from communis.people.people_here import anyone_here
from communis.web.demonstration_places import Places, keep_places

# Conversations where things happen besides words, and what people have read.
PARTS = (question, letter, long_thread, swapping, hidden_author, blog, draft, tried, looked)
# Conversations that are only said: the names of their text files.
ONLY_SAID = ("wheels", "food_waste", "record", "keys", "swapping_shifts")
# Where the page "Try as" leads: each place by someone who sees what begins there.
CONVERSATIONS = {
    "question": "karin",
    "letter": "karin",
    "long_thread": "nadja",
    "swapping": "elin",
    "wheels": "amina",
    "food_waste": "amina",
    "record": "birgitta",
    "blog": "karin",
    "hidden_author": "johan",
}


def build(language: str = "sv", tell: Progress = lambda per_cent: None) -> bool:
    """Fill an empty installation. Returns False, and does nothing, where there are people already.

    ``tell`` hears now and then how many per cent have happened.
    """
    if anyone_here():
        return False
    town = Town(language)
    # In one transaction: a demonstration that was cut off in the middle is none.
    with transaction.atomic():
        play(_all_that_happens(town), tell)
        # What has happened is past: nobody gets a digest of weeks on the first day.
        are_gathered(to_gather(0, 0))
        keep_places(_places(town))
    return True


def _all_that_happens(town: Town) -> "chain[Happening]":
    said = (spoken(town, name) for name in ONLY_SAID)
    return chain(settling(town), *said, *(part.happenings(town) for part in PARTS))


def _places(town: Town) -> Places:
    found = {
        name: _conversation(town, f"{name}.opening", who)
        for name, who in CONVERSATIONS.items()
        # Where nobody can write behind the scenes there is no such conversation.
        if f"{name}.opening" in town.said
    }
    return Places(town.language, found, town.widenings["anyone"])


def _conversation(town: Town, key: str, who: str) -> str:
    viewer = viewer_for(town.persons[who].id)
    return line_seen(town.line(key, who), viewer).conversation_public_id
