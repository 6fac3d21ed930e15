"""Choosing an audience: from what a person picked in a form, or wrote in a mail, to an audience row."""

from dataclasses import dataclass, field

from django.conf import settings
from django.utils.translation import gettext as _

from communis.looking.viewers import Viewer
from communis.openness.audiences import Audience, audience_of
from communis.openness.rungs import Rung
from communis.people.models import Circle, Person


class AudienceRefused(Exception):
    """The chosen audience cannot be used; the message says why, in the person's language."""


@dataclass(frozen=True)
class Choice:
    """A rung, and the public ids of the persons or circles picked for it."""

    rung: Rung
    persons: tuple[str, ...] = field(default=())
    circles: tuple[str, ...] = field(default=())


def choose(choice: Choice, viewer: Viewer, own_principal: int, answered: Person | None = None) -> Audience:
    """The audience of a new share by the person with ``own_principal``, who looks as ``viewer``.

    ``answered`` is the person whose name stands under what is answered: a protected person is in no list, but
    can be written to from his or her own words (gate rule 22).

    The author reads along: in a direct letter always, for a circle when not in it. Authors enter an audience
    only under a named or role byline (gate rule 4). Raises AudienceRefused.
    """
    if choice.rung == Rung.PUBLIC and not settings.PUBLIC_RUNG:
        raise AudienceRefused(
            _("This organisation does not open anything to everyone. Choose a narrower audience.")
        )
    if choice.rung >= Rung.ORGANISATION:
        return audience_of(choice.rung)
    if choice.rung == Rung.DIRECT:
        return audience_of(Rung.DIRECT, {own_principal, *_persons(choice, viewer, answered)})
    circles = _circles(choice, viewer)
    held = {holding.principal for holding in viewer.holdings}
    beside = set() if circles & held else {own_principal}
    return audience_of(Rung.CIRCLE, circles | beside)


def _persons(choice: Choice, viewer: Viewer, answered: Person | None) -> set[int]:
    found = Person.visible.to(viewer).filter(public_id__in=choice.persons).exclude(id=viewer.person_id)
    principals = set(found.values_list("principal_id", flat=True))
    if answered is not None and answered.public_id in choice.persons and answered.closed_at is None:
        principals.add(answered.principal_id)
    if not principals or len(principals) != len(set(choice.persons)):
        raise AudienceRefused(_("Choose who should read it: one or more persons from the list."))
    return principals


def _circles(choice: Choice, viewer: Viewer) -> set[int]:
    # Only circles the author may list can be named, because every reader sees the audience (gate rule 21).
    found = Circle.visible.to(viewer).filter(public_id__in=choice.circles)
    principals = set(found.values_list("principal_id", flat=True))
    if not principals or len(principals) != len(set(choice.circles)):
        raise AudienceRefused(_("Choose which circle should read it."))
    return principals
