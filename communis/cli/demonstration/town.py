"""The people and circles of Åvinge: one source for the demonstration and for the cast of the tests."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial

from communis.answers.mandates import give_mandate
from communis.cli.demonstration.days import today, working_day
from communis.cli.demonstration.texts import in_language, text_file
from communis.cli.demonstration.timeline import Happening
from communis.conversations.gate import seen_contributions
from communis.people import actions
from communis.people.holdings import viewer_for
from communis.people.models import Circle, Person, Role

STEWARD = "leyla"
# When everyone is welcomed, circles are founded, and a stand-in comes to the care home.
WELCOME, FOUNDED, LATER = "60 08:00", "58 09:00", "1 06:40"


@dataclass
class Town:
    """Who and what there is so far, by the keys of the text files. ``begins`` is the day it is built."""

    language: str = "sv"
    begins: date = field(default_factory=today)
    persons: dict[str, Person] = field(default_factory=dict)
    roles: dict[str, Role] = field(default_factory=dict)
    circles: dict[str, Circle] = field(default_factory=dict)
    # Contributions by what they are called: "letter.opening".
    said: dict[str, int] = field(default_factory=dict)
    # The public ids of openings proposed.
    widenings: dict[str, str] = field(default_factory=dict)
    # The public ids of mandates by who holds them, of asks by conversation, and of answers by what they are called.
    mandates: dict[str, str] = field(default_factory=dict)
    asks: dict[str, str] = field(default_factory=dict)
    answers: dict[str, str] = field(default_factory=dict)
    # The public ids of what was tried, by what it is called.
    trials: dict[str, str] = field(default_factory=dict)

    def at(self, when: str) -> int:
        """The moment of so many working days ago, at a time of day."""
        return working_day(when, self.begins)

    def line(self, key: str, by: str) -> str:
        """The address at which this person sees what was said. Raises LookupError when it is hidden from her."""
        seen = seen_contributions([self.said[key]], viewer_for(self.persons[by].id))
        if not seen:
            raise LookupError(f"{by} does not see {key}")
        return seen[0].line


def welcome(town: Town, key: str, *, role: bool = True) -> Person:
    """Let the steward welcome someone, herself first of all; ``role`` says whether the role is taken as well."""
    about = text_file("people")[key]
    steward = town.persons.get(STEWARD)
    person = actions.welcome(
        about["name"],
        f"{key}@avinge.example",
        by=steward,
        steward=key == STEWARD,
        protected=about.get("protected", False),
        language=town.language,
    )
    town.persons[key] = person
    if role and not about.get("left"):
        by = town.persons[STEWARD]
        town.roles[key] = actions.hold_role(person, in_language(about, town.language), by=by)
    return person


def found(town: Town, key: str, *, members: Sequence[str] = (), as_unit: bool = True) -> Circle:
    """Found a circle and let its members in. A unit is founded by the steward, who stays out.

    With ``members`` only these, and the first of them founds it when it is not to be a unit.
    """
    about = text_file("circles")[key]
    unit = as_unit and about.get("unit", False)
    looks_after, others = about.get("after", []), about.get("members", [])
    if members:
        looks_after, others = list(members[:1]), members[1:]
    founder = town.persons[STEWARD if unit else looks_after[0]]
    circle = actions.found_circle(
        in_language(about["name"], town.language),
        by=founder,
        purpose=in_language(about["purpose"], town.language) if "purpose" in about else "",
        history=about.get("history", True),
        sight=Circle.Sight[about["seen"].upper()],
        unit=unit,
        authority=in_language(about["authority"], town.language) if unit else "",
    )
    town.circles[key] = circle
    for who in looks_after:
        if unit or who != looks_after[0]:
            actions.let_in(town.persons[who], circle, by=founder, looks_after=True)
    for who in others:
        actions.let_in(town.persons[who], circle, by=founder)
    return circle


def settling(town: Town) -> Iterator[Happening]:
    """Everyone is welcomed, the circles are founded, and those who come later are let in."""
    for key in [STEWARD, *(key for key in text_file("people") if key != STEWARD)]:
        yield Happening(town.at(WELCOME), partial(welcome, town, key))
    for key, about in text_file("circles").items():
        yield Happening(town.at(about.get("founded", FOUNDED)), partial(found, town, key))
        for who in about.get("later", []):
            yield Happening(town.at(LATER), partial(_let_in_later, town, key, who))
    for key in text_file("mandates"):
        yield Happening(town.at(FOUNDED), partial(mandated, town, key))
    left = [key for key, about in text_file("people").items() if about.get("left")]
    for key in left:
        yield Happening(town.at("50 16:00"), partial(_leaves, town, key))


def mandated(town: Town, key: str) -> None:
    """The steward writes down what someone may answer for."""
    about = text_file("mandates")[key]
    made = give_mandate(
        town.persons[key],
        in_language(about, town.language),
        by=town.persons[STEWARD],
        unit=town.circles[about["unit"]] if "unit" in about else None,
        hosts=[town.persons[who] for who in about.get("with", [])],
    )
    town.mandates[key] = made.public_id


def _let_in_later(town: Town, key: str, who: str) -> None:
    looks_after = text_file("circles")[key]["after"][0]
    actions.let_in(town.persons[who], town.circles[key], by=town.persons[looks_after])


def _leaves(town: Town, key: str) -> None:
    actions.close_sign_in(town.persons[key], by=town.persons[STEWARD])
