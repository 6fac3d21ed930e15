"""The stewards' desk of name claims: who says of an outside name that it was theirs, and the answer.

A steward sees the name, where it was said, the person and the address the person signs in with; never a list of what
stands under the name.
"""

from typing import NamedTuple

from django.db.models import Case, IntegerField, Value, When
from django.utils.translation import gettext as _

from communis.channels.importers import rules
from communis.channels.importers.models import Import, NameClaim
from communis.channels.importers.running import own_import
from communis.channels.importers.standing import (
    LIVE,
    State,
    become,
    end,
    locked_name_claim,
    not_too_long,
    record_name_claim,
    stand,
)
from communis.conversations.bringing_in import first_line_under
from communis.conversations.lines import lines_seen
from communis.conversations.refusals import NotThere, Refused
from communis.journal.idempotency import once
from communis.journal.ids import public_id
from communis.looking.viewers import Viewer
from communis.people.models import OutsideName, Person
from communis.people.naming import person_with
from communis.people.outside_names import locked_name, name_of_mail, name_of_source, source_shown
from communis.people.people_here import stewards_here
from communis.people.stewarding import Looked, looked_up, with_address


class OnDesk(NamedTuple):
    """A name claim in the list: the outside name alone, for the person may be one who is in no list (D30)."""

    public_id: str
    name: str
    source: str
    state: NameClaim.State
    said_at: int


class ToSettle(NamedTuple):
    """A name claim on its own page, for a steward."""

    claim: OnDesk
    site: str
    word: str
    reason: str
    # Whose it is, with the address.
    looked: Looked
    # Where it was said; empty when that is no longer shown.
    line: str
    # Others who say the same of the name, and have not been answered no.
    others: list[OnDesk]
    may_settle: bool


def desk(*, by: Person) -> list[OnDesk]:
    """What waits for a steward first, oldest first, then what was offered, then what stands. Raises NotThere."""
    if not by.steward:
        raise NotThere
    turn = Case(
        When(state=State.WAITING, then=Value(0)),
        When(state=State.OFFERED, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    rows = NameClaim.objects.filter(state__in=LIVE).select_related("outside_name")
    return [_on_desk(one) for one in rows.order_by(turn, "said_at", "id")]


def to_settle(name_claim: str, viewer: Viewer, *, by: Person) -> ToSettle:
    """Raises NotThere for whoever is no steward."""
    rows = NameClaim.objects.select_related("outside_name")
    found = rows.filter(public_id=name_claim).first() if by.steward else None
    if found is None:
        raise NotThere
    looked = looked_up(person_with(found.person_id).public_id, by=by)
    assert looked is not None  # a steward looks
    seen = lines_seen([found.line_id], viewer).get(found.line_id)
    others = rows.filter(outside_name_id=found.outside_name_id, state__in=LIVE).exclude(id=found.id)
    return ToSettle(
        _on_desk(found),
        found.outside_name.site,
        found.word,
        found.reason,
        looked,
        seen.share.line if seen else "",
        [_on_desk(one) for one in others.order_by("said_at", "id")],
        _may_settle(by, found),
    )


def settle(name_claim: str, agree: bool, reason: str, *, by: Person, key: str = "") -> None:
    """Answer. What another steward has answered meanwhile stays so. Raises NotThere, Refused."""
    not_too_long(reason, "reason")

    def act() -> str:
        found, name = _to_answer(name_claim, by)
        if found.state != State.WAITING:
            return found.public_id
        if agree:
            stand(found, name, by=by, reason=reason)
        else:
            _said_why(reason)
            become(found, State.DECLINED, reason)
            record_name_claim("declined name claim", found, by=by)
        return found.public_id

    once(by.id, key, act)


def end_name_claim(name_claim: str, reason: str, *, by: Person, key: str = "") -> None:
    """End what stands, or what was offered. Raises NotThere, Refused."""
    not_too_long(reason, "reason")

    def act() -> str:
        found, name = _to_answer(name_claim, by)
        if found.state in (State.STANDS, State.OFFERED):
            _said_why(reason)
            end(found, name, by=by, reason=reason)
        return found.public_id

    once(by.id, key, act)


def offer(import_id: str, name: str, address: str, *, by: Person, key: str = "") -> None:
    """Ask the person who signs in with this address whether the name was theirs. Raises NotThere, Refused.

    A steward alone ties nobody to words: the person says yes first, because a name is shown by its own will (rulings).
    """
    job = own_import(import_id, by=by)
    once(by.id, key, lambda: _offered(_brought_in(job, name), _with_address(address, by), by))


def offer_sender(mail: str, address: str, *, by: Person, key: str = "") -> None:
    """The same of the name in a mail from outside that was let in. Raises NotThere, Refused."""
    found = name_of_mail(mail) if by.steward else None
    if found is None or not found.name:
        raise NotThere
    number = found.id
    once(by.id, key, lambda: _offered(locked_name(number), _with_address(address, by), by))


def _with_address(address: str, by: Person) -> Person:
    person = with_address(address, by=by)
    if person is None or person.closed_at is not None:
        raise Refused(_("Nobody signs in with this address now."), "email")
    return person


def _brought_in(job: Import, name: str) -> OutsideName:
    found = name_of_source(str(job.report.get("source", "")), name.strip())
    if found is None:
        raise Refused(_("Nobody is called so in this blog. Write the name as it stands there."), "outside")
    return locked_name(found.id)


def _offered(name: OutsideName, person: Person, by: Person) -> str:
    live = NameClaim.objects.filter(outside_name=name, person=person, state__in=LIVE).first()
    if live is not None:
        return live.public_id
    place = first_line_under(name)
    if place is None:
        raise Refused(_("Nothing by that name is open here."), "outside")
    made = NameClaim.objects.create(
        public_id=public_id(), outside_name=name, person=person, line_id=place, state=State.OFFERED
    )
    record_name_claim("offered name claim", made, by=by)
    return made.public_id


def _to_answer(name_claim: str, by: Person) -> tuple[NameClaim, OutsideName]:
    if not by.steward:
        raise NotThere
    found, name = locked_name_claim(name_claim)
    if not _may_settle(by, found):
        raise Refused(_("You have said this yourself. Another steward answers it."))
    return found, name


def _may_settle(by: Person, claim: NameClaim) -> bool:
    return rules.may_settle(by, claim.person_id, alone=stewards_here() == {by.id})


def _said_why(reason: str) -> None:
    if not reason.strip():
        raise Refused(_("Write why. Only the one who asked reads it."), "reason")


def _on_desk(claim: NameClaim) -> OnDesk:
    name = claim.outside_name
    return OnDesk(claim.public_id, name.name, source_shown(name.source), State(claim.state), claim.said_at)
