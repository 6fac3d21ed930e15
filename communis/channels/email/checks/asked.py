"""A check that a steward asks for, and the last one, which all stewards read. The worker makes it: see ``running``."""

from django.db import transaction
from django.db.models import Q, QuerySet

from communis.channels.email.checks.findings import Finding
from communis.channels.email.models import MailCheck
from communis.conversations.refusals import NotThere
from communis.journal.moments import MINUTE, now
from communis.people.models import Person

# A worker that began so long ago and has not ended is dead.
DEAD = 10 * MINUTE


def ask_for_check(*, by: Person) -> None:
    """Let the worker try; while one waits or is under way, that one is meant. Raises NotThere for who is no steward."""
    if not by.steward:
        raise NotThere
    with transaction.atomic():
        if not _under_way().exists():
            MailCheck.objects.create()


def last_check(*, by: Person) -> MailCheck | None:
    """The newest, under way or not. Raises NotThere for who is no steward."""
    if not by.steward:
        raise NotThere
    return MailCheck.objects.order_by("-id").first()


def findings_of(check: MailCheck) -> list[Finding]:
    """As they were found."""
    return [Finding(*one) for one in check.findings]


def _under_way() -> QuerySet[MailCheck]:
    lively = Q(state=MailCheck.State.RUNNING, begun_at__gte=now() - DEAD)
    return MailCheck.objects.filter(Q(state=MailCheck.State.WAITING) | lively)
