"""Conversation 7: written behind the scenes, answered, gone on with by receipt, and shown to one person at last.

Its author does what anyone does: asks for a key, sends the words with nothing but the key, comes back with the receipt.
One thing is not as elsewhere: the receipt is the same in every demonstration, so that the visitor can be that author.
"""

from collections.abc import Callable, Iterator
from functools import partial

from django.conf import settings

from communis.behind_the_scenes import claiming, holding
from communis.behind_the_scenes.keys import key_for
from communis.behind_the_scenes.places import Place
from communis.behind_the_scenes.release import release
from communis.behind_the_scenes.writing import keep
from communis.cli.demonstration.texts import in_language, text_file
from communis.cli.demonstration.timeline import Happening
from communis.cli.demonstration.town import Town
from communis.conversations.contributing import contribute
from communis.conversations.drafting import reply_place, save_draft, throw_away
from communis.conversations.revising import take_back
from communis.openness.choosing import Choice
from communis.openness.receipt_codes import parse
from communis.openness.rungs import Rung
from communis.people.models import Person
from communis.web.demonstration_places import RECEIPT

NAME = "hidden_author"
# When the day's batch has come.
AFTER_NOON = "12:01"


def happenings(town: Town) -> Iterator[Happening]:
    """Nothing where nobody can write behind the scenes."""
    if not settings.BEHIND_THE_SCENES:
        return
    yield _at(town, "opening", _written)
    yield Happening(_noon(town, "opening"), partial(_appears, town, "opening"))
    yield _at(town, "unsent", _begun)
    yield _at(town, "which", _johan_asks)
    yield _at(town, "stretches", _gone_on_with)
    # Written in the evening: the batch of the next day.
    yield Happening(_noon(town, "stretches", days=1), partial(_appears, town, "stretches"))
    yield _at(town, "answer", partial(_johan_says, "answer"))
    yield _at(town, "guess", _mona_guesses)
    yield Happening(town.at(text_file(NAME)["guess"]["taken_back"]), partial(_mona_takes_it_back, town))
    yield _at(town, "outcome", partial(_johan_says, "outcome"))
    yield _at(town, "shown", _shown)


def _at(town: Town, what: str, act: Callable[[Town], None]) -> Happening:
    return Happening(town.at(text_file(NAME)[what]["at"]), partial(act, town))


def _noon(town: Town, what: str, days: int = 0) -> int:
    ago = int(text_file(NAME)[what]["at"].split()[0]) - days
    return town.at(f"{ago} {AFTER_NOON}")


def _words(town: Town, what: str) -> str:
    return in_language(text_file(NAME)[what], town.language)


def _author(town: Town) -> Person:
    return town.persons[text_file(NAME)["author"]]


def _written(town: Town) -> None:
    about = text_file(NAME)
    circle, asked = town.circles[about["circle"]], town.persons[about["asked"]]
    place = Place(circle=circle.public_id, asked=asked.public_id)
    keep(key_for(place, by=_author(town)), _words(town, "opening"), code=RECEIPT)


def _appears(town: Town, what: str) -> None:
    """The worker's batch; what has appeared is the newest under the receipt."""
    release()
    town.said[f"{NAME}.{what}"] = holding.held_by(parse(RECEIPT)).words[-1].contribution


def _begun(town: Town) -> None:
    save_draft(
        reply_place(town.line(f"{NAME}.opening", "johan")), _words(town, "unsent"), by=town.persons["johan"]
    )


def _johan_asks(town: Town) -> None:
    line = town.line(f"{NAME}.opening", "johan")
    _johan_says("which", town)
    throw_away(reply_place(line), by=town.persons["johan"])


def _johan_says(what: str, town: Town) -> None:
    """As the one who can decide."""
    answered = "stretches" if what == "answer" else "opening"
    line = town.line(f"{NAME}.{answered}", "johan")
    share = contribute(line, _words(town, what), by=town.persons["johan"], role=town.roles["johan"])
    town.said[f"{NAME}.{what}"] = share.contribution_id


def _gone_on_with(town: Town) -> None:
    """By receipt, without signing in."""
    holding.answer(parse(RECEIPT), town.line(f"{NAME}.which", "johan"), _words(town, "stretches"))


def _mona_guesses(town: Town) -> None:
    who = text_file(NAME)["guess"]["who"]
    share = contribute(town.line(f"{NAME}.opening", who), _words(town, "guess"), by=town.persons[who])
    town.said[f"{NAME}.guess"] = share.contribution_id


def _mona_takes_it_back(town: Town) -> None:
    who = text_file(NAME)["guess"]["who"]
    take_back(town.line(f"{NAME}.guess", who), by=town.persons[who])


def _shown(town: Town) -> None:
    johan = town.persons["johan"]
    choice = Choice(Rung.DIRECT, persons=(johan.public_id,))
    claiming.claim(parse(RECEIPT), choice, _words(town, "shown"), by=_author(town))
