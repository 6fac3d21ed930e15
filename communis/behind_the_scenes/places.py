"""Where one may write behind the scenes, and among how many one is there. Refusals say why."""

from collections.abc import Collection
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from communis.conversations.kinds import NOT_ANSWERED, OPENINGS, Kind
from communis.conversations.lines import line_seen
from communis.conversations.receipted import Answered, answered_on
from communis.conversations.refusals import NotThere, Refused
from communis.looking.viewers import Viewer
from communis.openness.audiences import Audience, audience_of
from communis.openness.rungs import Rung
from communis.people.holdings import how_many, viewer_for
from communis.people.models import Circle, Person
from communis.people.naming import circle_at, person_at, person_with


@dataclass(frozen=True)
class Place:
    """Where words go: an answer to a line, or the beginning of a conversation; in public ids, empty for none.

    Without a line and a circle it is for all employees. ``asked`` is whom one turns to: not among those it can be.
    """

    line: str = ""
    circle: str = ""
    asked: str = ""
    kind: Kind = Kind.IDEA


@dataclass(frozen=True)
class Crowd:
    """Whose it can be: ``number`` of persons, the one asked not counted."""

    audience: Audience
    number: int
    asked: Person | None
    answered: Answered | None
    members: frozenset[int]


def place_for(place: Place, *, by: Person) -> Crowd:
    """The crowd that this person is in at the place. Raises NotThere for what is hidden, Refused with the reason."""
    viewer = viewer_for(by.id)
    if not settings.BEHIND_THE_SCENES or not viewer.signed_in:
        raise NotThere
    if place.line:
        line_seen(place.line, viewer)
    else:
        _may_begin(place, viewer)
    crowd = crowd_at(place)
    if by.id not in crowd.members:
        raise Refused(_("You are the one asked here. Others would know that it is not you who writes."))
    return crowd


def _may_begin(place: Place, viewer: Viewer) -> None:
    if place.circle and not _is_in(place.circle, viewer):
        raise NotThere
    if place.asked and not Person.visible.to(viewer).filter(public_id=place.asked).exists():
        raise NotThere


def _is_in(circle: str, viewer: Viewer) -> bool:
    """Whether the viewer reads what is said there: behind the scenes one writes only where one reads along."""
    held = [holding.principal for holding in viewer.narrow_holdings()]
    return Circle.visible.to(viewer).filter(public_id=circle, principal_id__in=held).exists()


def crowd_at(place: Place) -> Crowd:
    """The crowd at a place, whoever writes: the caller answers for that she may. Raises NotThere and Refused."""
    answered = answered_on(place.line) if place.line else None
    if answered is not None:
        if answered.kind in NOT_ANSWERED:
            raise Refused(_("This cannot be answered here. Answer something else in the conversation."))
        audience = audience_below(answered.share.audience)
        asked: Collection[int] = answered.asked
    else:
        if place.kind not in OPENINGS - {Kind.QUESTION}:
            raise Refused(_("A question says who asks it. Choose an idea or a fragment."), "kind")
        audience = _begun_in(place)
        turned_to = person_at(place.asked) if place.asked else None
        asked = [turned_to.id] if turned_to is not None else []
    members = members_of(audience, asked)
    enough(len(members))
    return Crowd(audience, len(members), _first(asked), answered, members)


def members_of(audience: Audience, asked: Collection[int]) -> frozenset[int]:
    """The ids of those it can be: who reads there now, and is not the one asked."""
    return frozenset((audience.readers() or set()) - set(asked))


def audience_below(audience: Audience) -> Audience:
    """Who reads an answer: those who read what it answers, and at the most all employees."""
    if audience.rung == Rung.DIRECT:
        raise Refused(
            _("Only the few in this conversation read here. Whoever is among so few is known at once.")
        )
    return audience_of(Rung.ORGANISATION) if audience.rung == Rung.PUBLIC else audience


def _begun_in(place: Place) -> Audience:
    if not place.circle:
        return audience_of(Rung.ORGANISATION)
    circle = circle_at(place.circle)
    if circle is None:
        raise NotThere
    return audience_of(Rung.CIRCLE, [circle.principal_id])


def leads_here(audience: Audience | None) -> bool:
    """Whether there is any sense in the way here for words to these readers; None for a new conversation.

    For a page that only offers it: whoever takes it is told the number and the reasons.
    """
    if not settings.BEHIND_THE_SCENES or (audience is not None and audience.rung == Rung.DIRECT):
        return False
    if audience is not None and audience.rung == Rung.CIRCLE:
        return len(audience.readers() or ()) >= settings.LEAST_BEHIND_THE_SCENES
    return how_many() >= settings.LEAST_BEHIND_THE_SCENES


def enough(number: int) -> None:
    """Refuses where there are too few that it could be."""
    least = settings.LEAST_BEHIND_THE_SCENES
    if number < least:
        raise Refused(
            ngettext(
                "Here it could be only %(count)d person, whoever is asked not counted.",
                "Here it could be only %(count)d people, whoever is asked not counted.",
                number,
            )
            % {"count": number}
            + " "
            + _(
                "At least %(least)d are needed, or others can guess who wrote. Choose a place more people read."
            )
            % {"least": least}
        )


def _first(persons: Collection[int]) -> Person | None:
    for person in persons:
        return person_with(person)
    return None
