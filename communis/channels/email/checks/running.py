"""Tries the whole way of mail, for the command and for a steward who asked."""

from collections.abc import Callable, Iterator

from django.conf import settings
from django.core.mail import get_connection
from django.db.models import Q

from communis.channels.email.checks.asked import DEAD
from communis.channels.email.checks.domain_names import named
from communis.channels.email.checks.findings import Finding, State, not_tested
from communis.channels.email.checks.installation import installed, opened
from communis.channels.email.checks.round_trip import round_trip
from communis.channels.email.models import MailCheck
from communis.journal.moments import now

# Seconds for the mail to come back; what is fetched from a mailbox is looked for once a minute.
WAIT, WAIT_FOR_MAILBOX = 60, 150


def check_now(*, wait: float | None = None, tell: Callable[[str], None]) -> list[Finding]:
    """Try here and now; ``wait`` in seconds, ``tell`` is told how far it is."""
    moment = now()
    return _run(MailCheck.objects.create(state=MailCheck.State.RUNNING, begun_at=moment), wait, tell)


def run_asked_check() -> bool:
    """Make the check that a steward asked for; False when none waits. For the worker, and safe to repeat."""
    waiting = Q(state=MailCheck.State.WAITING) | Q(state=MailCheck.State.RUNNING, begun_at__lt=now() - DEAD)
    check = MailCheck.objects.filter(waiting).order_by("id").first()
    if check is None:
        return False
    moment = now()
    if not MailCheck.objects.filter(waiting, id=check.id).update(
        state=MailCheck.State.RUNNING, begun_at=moment
    ):
        return False
    _run(MailCheck.objects.get(id=check.id), None, lambda _said: None)
    return True


def all_is_well(findings: list[Finding]) -> bool:
    """Nothing is wrong; what was not tested may be."""
    return all(one.state != State.WRONG for one in findings)


def _run(check: MailCheck, wait: float | None, tell: Callable[[str], None]) -> list[Finding]:
    usual = WAIT if settings.IMAP is None else WAIT_FOR_MAILBOX
    found: list[Finding] = []
    try:
        for finding in _tried(check, usual if wait is None else wait, tell):
            found.append(finding)
    finally:
        # Also what was found before a fault of ours.
        check.findings = [list(one) for one in found]
        check.state, check.finished_at = MailCheck.State.FINISHED, now()
        check.save(update_fields=["findings", "state", "finished_at"])
    return found


def _tried(check: MailCheck, wait: float, tell: Callable[[str], None]) -> Iterator[Finding]:
    yield from installed()
    connection = get_connection()
    relay = opened(connection)
    yield relay
    if settings.DEVELOPMENT:
        return
    try:
        if relay.state == State.OK:
            yield from round_trip(check, connection, wait=wait, tell=tell)
        else:
            yield not_tested("sent")
    finally:
        connection.close()
    yield from named()
