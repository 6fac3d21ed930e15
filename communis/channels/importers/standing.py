"""What happens when a name claim comes to stand, and when it ends: for the person's actions and the steward's."""

from django.utils.translation import gettext as _

from communis.channels.importers.models import NameClaim
from communis.conversations.refusals import NotThere, Refused
from communis.journal.record import record
from communis.openness.bylines import give_authorship
from communis.people.models import OutsideName, Person
from communis.people.naming import person_with
from communis.people.outside_names import locked_name, stands_behind

State = NameClaim.State
LIVE = (State.WAITING, State.OFFERED, State.STANDS)
LONGEST = 500


def not_too_long(words: str, field: str) -> None:
    """Raises Refused."""
    if len(words) > LONGEST:
        raise Refused(_("Make it at most 500 characters. All you wrote is here."), field)


def locked_name_claim(name_claim: str, person: Person | None = None) -> tuple[NameClaim, OutsideName]:
    """The name claim, and its name, which nobody else changes meanwhile. ``person``: only that person's own.

    Raises NotThere.
    """
    rows = NameClaim.objects.filter(public_id=name_claim)
    if person is not None:
        rows = rows.filter(person=person)
    number = rows.values_list("outside_name_id", flat=True).first()
    if number is None:
        raise NotThere
    name = locked_name(number)
    # Read after the lock: another may have settled it while this one waited.
    return rows.get(), name


def stand(claim: NameClaim, name: OutsideName, *, by: Person, reason: str = "") -> None:
    """Show the person behind the name, and make the words the person's own. Raises Refused."""
    person = person_with(claim.person_id)
    if person.closed_at is not None:
        raise Refused(_("The sign-in of that person is closed. Open it first, or say no."))
    if NameClaim.objects.filter(outside_name=name, state=State.STANDS).exists():
        raise Refused(_("Somebody else stands behind this name. Only one can: end the other first."))
    become(claim, State.STANDS, reason)
    stands_behind(name, person)
    give_authorship(name, person)
    record_name_claim("agreed to name claim", claim, by=by)


def end(claim: NameClaim, name: OutsideName, *, by: Person, reason: str = "") -> None:
    """The outside name stands alone again, and the words are nobody's here. Ended twice, it is ended once."""
    if claim.state not in LIVE:
        return
    if claim.state == State.STANDS:
        stands_behind(name, None)
        give_authorship(name, None)
    become(claim, State.ENDED, reason)
    record_name_claim("ended name claim", claim, by=by)


def become(claim: NameClaim, state: NameClaim.State, reason: str = "") -> None:
    """Write down what came of it."""
    NameClaim.objects.filter(id=claim.id).update(state=state, reason=reason.strip())
    claim.state = state


def record_name_claim(verb: str, claim: NameClaim, *, by: Person) -> None:
    """In the journal, with whom it is about and the line it was said at."""
    record(verb, by=by.id, name_claim=claim.id, person=claim.person_id, line=claim.line_id)
