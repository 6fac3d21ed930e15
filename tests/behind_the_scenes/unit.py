"""A unit of nine: the manager who is asked, and eight of whom one may write behind the scenes."""

from communis.behind_the_scenes.days import local_day, noon_of
from communis.behind_the_scenes.keys import key_for
from communis.behind_the_scenes.places import Place
from communis.behind_the_scenes.release import release
from communis.behind_the_scenes.writing import Kept, keep
from communis.conversations.kinds import Kind
from communis.conversations.models import Contribution, Line
from communis.journal.moments import DAY, HOUR
from communis.looking.principals import ORGANISATION, PUBLIC, Principal
from communis.openness.choosing import Choice
from communis.openness.receipt_codes import parse
from communis.openness.rungs import Rung
from communis.people import actions
from communis.people.models import Person
from tests.clock import Clock

ORIGIN = "Elva minuter mellan Brogatan och Åvägen."


class Unit:
    """Who is there, and what one of them can do. ``members`` does not hold the manager."""

    def __init__(self, clock: Clock, members: int = 8) -> None:
        Principal.objects.get_or_create(id=PUBLIC, defaults={"kind": Principal.Kind.PUBLIC})
        Principal.objects.get_or_create(id=ORGANISATION, defaults={"kind": Principal.Kind.ORGANISATION})
        self.clock = clock
        self.steward = actions.welcome("Leyla Demir", "leyla@avinge.example", by=None, steward=True)
        self.manager = self._welcome("Johan Åkerlind", "johan")
        self.circle = actions.found_circle("Hemtjänst Norr", by=self.manager)
        self.members = [self._welcome(f"Medarbetare {n}", f"m{n}") for n in range(members)]
        for member in self.members:
            actions.let_in(member, self.circle, by=self.manager)
        self.outsider = self._welcome("Nadja Petrović", "nadja")

    def _welcome(self, name: str, address: str) -> Person:
        return actions.welcome(name, f"{address}@avinge.example", by=self.steward)

    @property
    def choice(self) -> Choice:
        return Choice(Rung.CIRCLE, circles=(self.circle.public_id,))

    @property
    def place(self) -> Place:
        """A conversation of one's own, with the manager as the one asked."""
        return Place(circle=self.circle.public_id, asked=self.manager.public_id)

    def write(self, by: Person, text: str = ORIGIN, place: Place | None = None, opens_to: int = 0) -> Kept:
        """Asked for with the name, written without it."""
        return keep(key_for(place or self.place, by=by), text, opens_to=opens_to)

    def appears(self, by: Person, text: str = ORIGIN, place: Place | None = None, opens_to: int = 0) -> bytes:
        """Written, and shown with the batch; the bytes of the receipt."""
        kept = self.write(by, text, place, opens_to)
        self.noon()
        release()
        return parse(kept.receipt)

    def morning(self) -> None:
        """Eight in the morning of the next day."""
        self.clock.at = noon_of(local_day() + 1) - 4 * HOUR

    def noon(self) -> None:
        """A moment after the next noon."""
        today = noon_of(local_day())
        self.clock.at = (today if self.clock.at < today else noon_of(local_day() + 1)) + 1

    def days(self, number: int) -> None:
        self.clock.at += number * DAY

    def line(self) -> str:
        """The newest line behind the scenes."""
        said = Contribution.everything.filter(receipt_id__isnull=False).latest("id")
        return Line.everything.filter(contribution_id=said.id).latest("id").public_id

    def answer_to(self, line: str) -> Place:
        return Place(line=line, kind=Kind.COMMENT)
