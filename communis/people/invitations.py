"""Invitations: a link in a mail with which its reader becomes a person. Used once, for fourteen days."""

import hashlib
from typing import NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from communis.journal.idempotency import once
from communis.journal.ids import public_id
from communis.journal.moments import DAY, now
from communis.journal.record import record
from communis.people import rules
from communis.people.accounts import Account, Invitation
from communis.people.actions import let_in, welcome
from communis.people.models import Circle, Person
from communis.people.refusals import PeopleRefused

VALID = 14 * DAY


class InvitationSpent(Exception):
    """Used, too old, taken back or never made: the answer is one and the same."""


class Waiting(NamedTuple):
    """An invitation nobody has used yet, for the stewards' page. ``made_at`` is a moment."""

    public_id: str
    name: str
    email: str
    made_at: int


def invite(
    name: str,
    email: str,
    *,
    by: Person,
    circle: Circle | None = None,
    steward: bool = False,
    key: str = "",
) -> str | None:
    """Make an invitation; returns the secret of its link, or None when this form was handled before.

    The caller mails the link. Raises PeopleRefused when someone signs in with the address already: stewards
    get to know that.
    """
    if not rules.may_invite(by):
        raise PeopleRefused(_("A steward invites people. Ask yours."))
    if circle is not None and not rules.may_let_in(by, circle):
        raise PeopleRefused(_("Choose a circle that you may let people into, or none."), "circle")
    if not name.strip():
        raise PeopleRefused(_("Write the name of the person you invite."), "name")
    address = email.strip().lower()
    if Account.objects.filter(email=address).exists():
        raise PeopleRefused(_("Someone signs in with this address already. Write another."), "email")
    secrets: list[str] = []

    def make() -> str:
        secret, invitation = new_invitation(
            email=address, name=name.strip(), valid=VALID, by=by, circle=circle, steward=steward
        )
        secrets.append(secret)
        record("invited", by=by.id, invitation=invitation.id)
        return str(invitation.id)

    once(by.id, key, make)
    return secrets[0] if secrets else None


def new_invitation(
    *, valid: int, email: str = "", name: str = "", by: Person | None = None, **more: object
) -> tuple[str, Invitation]:
    """A row and its secret, of which only the hash is kept. ``valid`` is a length in microseconds."""
    secret = public_id()
    invitation = Invitation.objects.create(
        token=_hash(secret),
        public_id=public_id(),
        email=email,
        name=name,
        invited_by=by,
        valid_until=now() + valid,
        **more,
    )
    return secret, invitation


def invitation_with(secret: str) -> Invitation:
    """The invitation that can be used with this secret now. Looking uses nothing up. Raises InvitationSpent."""
    waiting = Invitation.objects.filter(token=_hash(secret), used_at=None, valid_until__gt=now())
    invitation = waiting.first()
    if invitation is None:
        raise InvitationSpent
    return invitation


@transaction.atomic
def accept(secret: str, name: str, *, language: str) -> Person:
    """Become a person, under the name one chose. Raises InvitationSpent, PeopleRefused."""
    invitation = use_up(secret)
    if invitation.invited_by_id is None:
        raise InvitationSpent
    inviter = Person.everything.get(id=invitation.invited_by_id)
    if Account.objects.filter(email=invitation.email).exists():
        # Invited twice, and came in by the other mail.
        raise InvitationSpent
    person = welcome(name, invitation.email, by=inviter, steward=invitation.steward, language=language)
    if invitation.circle_id is not None:
        circle = Circle.everything.get(id=invitation.circle_id)
        # The inviter may have stopped looking after it meanwhile.
        if rules.may_let_in(inviter, circle):
            let_in(person, circle, by=inviter)
    return person


def use_up(secret: str) -> Invitation:
    """Mark it used, in the caller's transaction, so that of two at the same moment one is refused."""
    invitation = invitation_with(secret)
    if not Invitation.objects.filter(id=invitation.id, used_at=None).update(used_at=now()):
        raise InvitationSpent
    return invitation


def waiting_invitations(*, by: Person) -> list[Waiting]:
    """What stewards have sent and nobody has used, newest first."""
    if not rules.may_invite(by):
        return []
    waiting = Invitation.objects.filter(used_at=None, valid_until__gt=now()).exclude(invited_by=None)
    return [
        Waiting(one.public_id, one.name, one.email, one.made_at)
        for one in waiting.order_by("-made_at", "-id")
    ]


@transaction.atomic
def take_back_invitation(invitation: str, *, by: Person) -> None:
    """The link no longer works. One that is used or unknown stays as it is."""
    if not rules.may_invite(by):
        raise PeopleRefused(_("A steward invites people. Ask yours."))
    unused = Invitation.objects.filter(used_at=None, valid_until__gt=now())
    waiting = unused.filter(public_id=invitation).first()
    if waiting is not None and unused.filter(id=waiting.id).update(valid_until=now()):
        record("took back invitation", by=by.id, invitation=waiting.id)


def _hash(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()
