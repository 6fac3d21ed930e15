"""One small municipality with names: the cast of the demonstration, as the tests meet it.

Åvinge is invented. Karin opens the question; Elin writes the letter; Amina has a phone and no desk; Johan
has forty mails; Leyla is the steward; Vera is a protected person; Stina's sign-in is closed.
"""

from dataclasses import dataclass

from communis.cli.demonstration.town import Town, found, welcome
from communis.conversations.contributing import start
from communis.conversations.kinds import Kind
from communis.conversations.models import Share
from communis.openness.choosing import Choice
from communis.openness.rungs import Rung
from communis.people import actions
from communis.people.models import Circle, Person


@dataclass
class Cast:
    """The persons and circles by their names."""

    leyla: Person
    karin: Person
    elin: Person
    amina: Person
    johan: Person
    sofia: Person
    nadja: Person
    vera: Person
    stina: Person
    management: Circle
    care_home: Circle
    food_waste: Circle

    @property
    def everyone(self) -> list[Person]:
        return [
            self.leyla,
            self.karin,
            self.elin,
            self.amina,
            self.johan,
            self.sofia,
            self.nadja,
            self.vera,
            self.stina,
        ]


PERSONS = ("leyla", "karin", "elin", "amina", "johan", "sofia", "nadja", "vera", "stina")
CIRCLES = {
    "management": ("karin", "sofia", "nadja"),
    # Later joiners do not see what was said before.
    "care_home": ("amina",),
    "food_waste": ("amina", "nadja"),
}


def cast() -> Cast:
    """Welcome everybody, found the circles. Leyla, the steward, is in none of them.

    Names, protection and circles are those of the demonstration (communis/cli/demonstration/texts); in a test
    whoever comes first founds the circle, also one that is a unit there.
    """
    town = Town()
    for who in PERSONS:
        welcome(town, who, role=who == "karin")
    for key, members in CIRCLES.items():
        found(town, key, members=members, as_unit=False)
    actions.close_sign_in(town.persons["stina"], by=town.persons["leyla"])
    return Cast(**town.persons, **town.circles)


def to_all(kind: Kind, text: str, by: Person) -> Share:
    """Start something for all employees."""
    return start(kind, text, by=by, choice=Choice(Rung.ORGANISATION))


def letter(text: str, by: Person, to: Person) -> Share:
    """Write to one person."""
    return start(Kind.IDEA, text, by=by, choice=Choice(Rung.DIRECT, persons=(to.public_id,)))


def to_circle(text: str, by: Person, circle: Circle) -> Share:
    """Leave a fragment in a circle."""
    return start(Kind.FRAGMENT, text, by=by, choice=Choice(Rung.CIRCLE, circles=(circle.public_id,)))


def open_post(text: str, by: Person) -> Share:
    """Post to anyone."""
    return start(Kind.POST, text, by=by, choice=Choice(Rung.PUBLIC))
