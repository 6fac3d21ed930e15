"""Who would read a mail that waits: told to its sender, as the page would tell her (rulings, Mail)."""

from communis.channels.email.models import Arrived
from communis.channels.email.readers_named import readers_named
from communis.conversations.asking import question_of
from communis.conversations.lines import line_open
from communis.conversations.refusals import NotThere
from communis.looking.viewers import Viewer
from communis.openness.rungs import Rung
from communis.people.models import Circle
from communis.people.naming import persons_named


def waiting_with(arrived: Arrived) -> list[Arrived]:
    """The mail itself; and the same mail at the other addresses it was sent to, when its sender is to choose."""
    if arrived.reason != Arrived.Reason.MIXED or arrived.person_id is None:
        return [arrived]
    together = Arrived.objects.filter(mail=arrived.mail, person_id=arrived.person_id)
    waits = together.filter(outcome=Arrived.Outcome.HELD, reason=Arrived.Reason.MIXED)
    return list(waits.order_by("arrived_at", "id"))


def readers_of(arrived: Arrived, viewer: Viewer) -> str:
    """In words; empty where it can no longer be said there."""
    if arrived.to_all:
        return str(Rung.ORGANISATION.label)
    if arrived.circle_id is not None:
        return ", ".join(circle.name for circle in Circle.visible.to(viewer).filter(id=arrived.circle_id))
    if arrived.receiver_id is not None:
        return ", ".join(persons_named(_receivers(arrived), viewer))
    if arrived.line_id is None:
        return ""
    return _readers_on(arrived.line_id, viewer, to_hosts=arrived.to_hosts)


def _receivers(arrived: Arrived) -> list[int]:
    """Whom the letter is to: the mail came once for each of them."""
    if not arrived.mail or arrived.person_id is None:
        return [arrived.receiver_id or 0]
    together = Arrived.objects.filter(mail=arrived.mail, person_id=arrived.person_id, receiver__isnull=False)
    came = together.filter(outcome=Arrived.Outcome.DUPLICATE).values_list("receiver_id", flat=True)
    return [arrived.receiver_id or 0, *(receiver for receiver in came if receiver is not None)]


def _readers_on(line: int, viewer: Viewer, *, to_hosts: bool) -> str:
    try:
        found = line_open(line, viewer)
    except NotThere:
        return ""
    if to_hosts:
        question = question_of(found.seen, viewer)
        return ", ".join(host.name for host in question.hosts) if question else ""
    return readers_named(found.share.audience_id, viewer)
