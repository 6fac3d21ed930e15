"""The first steward of an empty installation: a link that works once, for a day."""

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from communis.journal.moments import DAY, now
from communis.people.accounts import Invitation
from communis.people.actions import welcome
from communis.people.invitations import InvitationSpent, invitation_with, new_invitation, use_up
from communis.people.models import Person
from communis.people.organisation import Organisation
from communis.people.people_here import anyone_here
from communis.people.refusals import PeopleRefused

VALID = DAY


@transaction.atomic
def first_steward() -> str | None:
    """The address of a new link, or None when there are people already. Links made before stop working."""
    if anyone_here():
        return None
    Invitation.objects.filter(invited_by=None, used_at=None).update(valid_until=now())
    secret, _invitation = new_invitation(valid=VALID, steward=True)
    return f"{settings.BASE_URL}{reverse('first-steward', args=[secret])}"


def may_begin(secret: str) -> bool:
    """Whether the link works now. Looking uses nothing up."""
    try:
        return invitation_with(secret).invited_by_id is None and not anyone_here()
    except InvitationSpent:
        return False


@transaction.atomic
def begin(secret: str, *, name: str, email: str, organisation: str, language: str) -> Person:
    """Make the first steward and name the organisation. Raises InvitationSpent, PeopleRefused."""
    if not may_begin(secret):
        raise InvitationSpent
    if not organisation.strip():
        raise PeopleRefused(_("Write what your organisation is called."), "organisation")
    use_up(secret)
    Organisation.objects.update_or_create(id=1, defaults={"name": organisation.strip()})
    return welcome(name, email, by=None, steward=True, language=language)
