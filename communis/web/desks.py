"""Where one writes: a new conversation, or an answer. What the page there offers, and what it says of each choice."""

from typing import NamedTuple

from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext as _

from communis.conversations.gate import Seen
from communis.conversations.kinds import Kind
from communis.looking.viewers import Viewer
from communis.openness.choosing import Choice
from communis.openness.describing import (
    AudienceSeen,
    audience_seen,
    choice_seen,
    choosable_circles,
    choosable_persons,
    circles_seen,
)
from communis.openness.rungs import Rung
from communis.people.models import Person
from communis.web import audience_words, before_it_goes
from communis.web.audience_words import Words
from communis.web.forms.writing import DRAFT, SAME

FOUND_AT_MOST = 20
# More circles than this are sought by name.
OFFERED_AT_MOST = 30


class Answering(NamedTuple):
    """What is answered: the share, its conversation, and the very words chosen in it."""

    seen: Seen
    conversation: str
    words: str = ""
    occurrence: int = 0
    quote: bool = False


class Desk(NamedTuple):
    """A place to write at."""

    kind: Kind
    # Where the draft is kept.
    place: str
    answering: Answering | None = None

    @property
    def answered_audience(self) -> int | None:
        return self.answering.seen.audience if self.answering else None

    def rows(self) -> tuple[str, ...]:
        """The audiences offered, from narrow to wide; an answer is never offered more than it answers."""
        if self.answering is None:
            wide = ("organisation", "public") if settings.PUBLIC_RUNG else ("organisation",)
            return (DRAFT, "direct", "circle", *wide)
        narrower = {
            Rung.DIRECT: (),
            Rung.CIRCLE: ("direct", "circle"),
            Rung.ORGANISATION: ("direct", "circle"),
            Rung.PUBLIC: ("direct", "circle", "organisation"),
        }[Rung(self.answering.seen.rung)]
        return (DRAFT, *narrower, SAME)

    def answered(self, viewer: Viewer) -> AudienceSeen | None:
        """The audience of what is answered; who wrote it is known by name."""
        if self.answering is None:
            return None
        seen = self.answering.seen
        return audience_seen(seen.audience, viewer, (seen.person,) if seen.person else ())


class Row(NamedTuple):
    """One audience to choose: its sign, and words that hold for it as it stands now."""

    value: str
    rung: int
    words: Words
    chosen: bool


class CircleRow(NamedTuple):
    """One circle to choose, with the words that hold when it is chosen."""

    public_id: str
    name: str
    words: Words
    chosen: bool
    # What to say where another authority reads along; empty else.
    border: str


def rows(desk: Desk, viewer: Viewer, chosen: str, persons: list[str], circle: str) -> list[Row]:
    """The rows of the form."""
    made: list[Row] = []
    for value in desk.rows():
        rung, said = _said(desk, viewer, value, persons, circle)
        made.append(Row(value, rung, said, value == chosen))
    return made


def _said(desk: Desk, viewer: Viewer, value: str, persons: list[str], circle: str) -> tuple[int, Words]:
    if value == DRAFT:
        return 0, audience_words.draft_words()
    if value == SAME:
        answered = desk.answered(viewer)
        assert answered is not None  # the row is only offered to answers
        return answered.rung, audience_words.words(answered, answering=True)
    if value == "direct":
        return Rung.DIRECT, audience_words.words(
            choice_seen(Choice(Rung.DIRECT, persons=tuple(persons)), viewer)
        )
    if value == "circle":
        picked = (circle,) if circle else ()
        return Rung.CIRCLE, audience_words.words(choice_seen(Choice(Rung.CIRCLE, circles=picked), viewer))
    rung = Rung.ORGANISATION if value == "organisation" else Rung.PUBLIC
    return rung, audience_words.words(choice_seen(Choice(rung), viewer))


def circle_rows(desk: Desk, viewer: Viewer, chosen: str, sought: str = "") -> tuple[list[CircleRow], bool]:
    """The circles to choose among, and whether there are more, to be sought by name.

    Where there are many: one's own, the one chosen, and those whose name has the words sought.
    """
    listed = choosable_circles(viewer, desk.answered_audience)
    offered = listed
    if len(listed) > OFFERED_AT_MOST:
        held = {holding.principal for holding in viewer.narrow_holdings()}
        words = sought.strip().casefold()
        found = [circle for circle in listed if words and words in circle.name.casefold()][:FOUND_AT_MOST]
        offered = [
            circle
            for circle in listed
            if circle.principal_id in held or circle.public_id == chosen or circle in found
        ]
    made = []
    # Of an answer nothing is said: its words go where others of the conversation already are.
    said_of = {} if desk.answering else before_it_goes.borders(offered, viewer)
    border = {circle.public_id: said_of.get(circle.id, "") for circle in offered}
    for seen in circles_seen(offered, viewer):
        audience = AudienceSeen(Rung.CIRCLE, circles=(seen,))
        said = audience_words.words(audience)
        name, is_chosen = audience_words.who(audience), seen.public_id == chosen
        made.append(CircleRow(seen.public_id, name, said, is_chosen, border[seen.public_id]))
    return made, len(listed) > OFFERED_AT_MOST


def persons_found(desk: Desk, viewer: Viewer, words: str) -> list[Person]:
    """Persons whose name has these words in it, of those who can be chosen here."""
    words = words.strip()
    if not words:
        return []
    # The embedded database does not know that å and Å are one letter.
    named = Q(name__icontains=words) | Q(name__icontains=words.title()) | Q(name__icontains=words.lower())
    return list(choosable_persons(viewer, desk.answered_audience).filter(named)[:FOUND_AT_MOST])


def persons_picked(desk: Desk, viewer: Viewer, public_ids: list[str]) -> list[Person]:
    """The persons ticked, of those who can be chosen here."""
    return list(choosable_persons(viewer, desk.answered_audience).filter(public_id__in=public_ids))


def refuse_picks(desk: Desk, viewer: Viewer, choice: Choice | None) -> str:
    """Why the persons or circles of a choice cannot be taken here, or nothing.

    Whoever is not offered is refused in the same words whether or not that person reads along, so that a
    form made by hand cannot ask who is in a circle.
    """
    if choice is None:
        return ""
    if choice.rung == Rung.DIRECT and len(persons_picked(desk, viewer, list(choice.persons))) != len(
        choice.persons
    ):
        return _("One of those chosen cannot be written to here. Choose again from those you find.")
    if choice.rung == Rung.CIRCLE:
        offered = {circle.public_id for circle in choosable_circles(viewer, desk.answered_audience)}
        if not offered.issuperset(choice.circles):
            return _("Choose which circle should read it.")
    return ""
