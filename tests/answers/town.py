"""Karin and Johan hold mandates; an idea is asked about. For the tests of answers."""

from communis.answers.asking import ask
from communis.answers.mandates import give_mandate
from communis.answers.models import Mandate
from communis.conversations.kinds import Kind
from communis.conversations.lines import address_of
from communis.conversations.models import Share
from communis.people.models import Person
from tests.cast import Cast, letter, to_all


class Answering:
    """Two mandates and the ways to an ask."""

    def __init__(self, people: Cast) -> None:
        self.people = people
        self.karins = give_mandate(
            people.karin, "arbetssätt i hela kommunen", by=people.leyla, hosts=[people.sofia]
        )
        self.johans = give_mandate(people.johan, "planering i Hemtjänst Norr", by=people.leyla)

    def letter(self) -> tuple[Share, str]:
        """Elin writes to Karin and asks; the share and the ask."""
        share = letter("Tänk om vi satt hos någon annan en förmiddag.", self.people.elin, self.people.karin)
        return share, self.ask(share, self.people.elin)

    def idea(self, by: Person | None = None) -> tuple[Share, str]:
        """Elin, or another, tells all employees and asks Karin."""
        author = by or self.people.elin
        share = to_all(Kind.IDEA, "Tänk om vi bytte stol.", author)
        return share, self.ask(share, author)

    def ask(self, share: Share, by: Person, mandate: Mandate | None = None) -> str:
        return ask(address_of(share)[1], (mandate or self.karins).public_id, by=by)
