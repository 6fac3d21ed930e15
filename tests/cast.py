"""One small municipality with names: the cast of the demonstration, as the tests meet it.

Åvinge is invented. Karin opens the question; Elin writes the letter; Amina has a phone and no desk; Johan
has forty mails; Leyla is the steward; Vera is a protected person; Stina's sign-in is closed.
"""

from dataclasses import dataclass

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


def cast() -> Cast:
    """Welcome everybody, found the circles. Leyla, the steward, is in none of them."""
    leyla = actions.welcome("Leyla Demir", "leyla@avinge.example", by=None, steward=True)

    def person(name: str, **more: bool) -> Person:
        return actions.welcome(name, f"{name.split()[0].lower()}@avinge.example", by=leyla, **more)

    karin, elin, amina = person("Karin Sundvall"), person("Elin Forsgren"), person("Amina Warsame")
    johan, sofia, nadja = person("Johan Åkerlind"), person("Sofia Kvist"), person("Nadja Petrović")
    vera, stina = person("Vera", protected=True), person("Stina Ek")
    actions.hold_role(karin, "kommundirektör", by=leyla)

    management = actions.found_circle("Kommunledningen", by=karin, sight=Circle.Sight.NAMED)
    actions.let_in(sofia, management, by=karin)
    actions.let_in(nadja, management, by=karin)
    # Later joiners do not see what was said before.
    care_home = actions.found_circle("Lindgården", by=amina, history=False)
    food_waste = actions.found_circle("Matsvinnsgruppen", by=amina)
    actions.let_in(nadja, food_waste, by=amina)
    actions.close_sign_in(stina, by=leyla)
    return Cast(
        leyla, karin, elin, amina, johan, sofia, nadja, vera, stina, management, care_home, food_waste
    )


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
