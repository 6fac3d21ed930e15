"""Addresses of questions that anybody outside may write to, where a steward has opened one (R81).

Only a question that anyone can read has one, for it stands on the question's page: an address of another would tell
that there is such a question.
"""

import base64
import binascii
import re
from typing import NamedTuple

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from communis.channels.email.models import OutsideAddress
from communis.conversations.asking import Question, question_of
from communis.conversations.gate import Seen
from communis.conversations.kinds import Kind
from communis.conversations.lines import LineSeen, lines_seen
from communis.conversations.markdown import first_line
from communis.conversations.questions import questions
from communis.conversations.refusals import NotThere, Refused
from communis.conversations.telling import line_at
from communis.journal.ids import public_id
from communis.journal.moments import now
from communis.journal.record import record
from communis.looking.viewers import PUBLIC_VIEWER
from communis.openness.rungs import Rung
from communis.people.holdings import viewer_for
from communis.people.models import Person

_LOCAL = re.compile(r"u\.([a-z2-7]{26})")
_MOST_OFFERED = 100


class Opened(NamedTuple):
    """An address that is open, for a steward. ``question`` is empty where it is no longer open to anyone."""

    public_id: str
    address: str
    question: str
    conversation: str


class Offered(NamedTuple):
    """A question that has no address yet."""

    line: str
    words: str


@transaction.atomic
def open_address(line: str, *, by: Person) -> str:
    """Open one for the question on the line; opened again, it is the same. Returns the address.

    Raises NotThere for who is no steward, and Refused for anything but a question that anyone can read.
    """
    _is_steward(by)
    number = line_at(line)
    found = public_question(number) if number is not None else None
    if number is None or found is None:
        raise Refused(_("Choose a question that anyone can read."), "line")
    row, is_new = OutsideAddress.objects.get_or_create(
        line_id=number, closed_at=None, defaults={"public_id": public_id(), "opened_by": by}
    )
    if is_new:
        record("opened outside address", by=by.id, line=number)
    return _address(row)


@transaction.atomic
def close_address(address: str, *, by: Person) -> None:
    """From now on nobody has it. What has come waits on. Safe to repeat. Raises NotThere."""
    _is_steward(by)
    row = OutsideAddress.objects.select_for_update().filter(public_id=address).first()
    if row is None:
        raise NotThere
    if row.closed_at is None:
        row.closed_at = now()
        row.save()
        record("closed outside address", by=by.id, line=row.line_id)


def open_addresses(*, by: Person) -> list[Opened]:
    """All that are open, the oldest first. Raises NotThere for who is no steward."""
    _is_steward(by)
    rows = list(OutsideAddress.objects.filter(closed_at=None).order_by("id"))
    seen = lines_seen([row.line_id for row in rows], PUBLIC_VIEWER)
    return [
        Opened(row.public_id, _address(row), *question_shown(seen.get(row.line_id)))
        for row in rows
        if settings.MAIL_DOMAIN
    ]


def questions_without(*, by: Person) -> list[Offered]:
    """The newest questions that anyone can read and that have no address. Raises NotThere for who is no steward."""
    _is_steward(by)
    asked = questions(PUBLIC_VIEWER, None, _MOST_OFFERED)[0]
    have = set(OutsideAddress.objects.filter(closed_at=None).values_list("line_id", flat=True))
    return [
        Offered(one.said.line, first_line(one.said.html)) for one in asked if one.said.line_number not in have
    ]


def outside_address(opening: Seen) -> str:
    """Where anybody may write about the question that the caller has from the gate; empty where nobody may."""
    if not settings.MAIL_DOMAIN or opening.kind != Kind.QUESTION or opening.rung != Rung.PUBLIC:
        return ""
    row = OutsideAddress.objects.filter(line_id=opening.line_number, closed_at=None).first()
    return _address(row) if row is not None else ""


def outside_address_at(address: str) -> OutsideAddress | None:
    """The one that is open, of a question that anyone can read now; None for any other."""
    local, _at, domain = address.strip().lower().rpartition("@")
    found = _LOCAL.fullmatch(local)
    if not settings.MAIL_DOMAIN or domain != settings.MAIL_DOMAIN or found is None:
        return None
    try:
        named = base64.b32decode(f"{found[1].upper()}======").hex()
    except binascii.Error:
        return None
    row = OutsideAddress.objects.filter(public_id=named, closed_at=None).first()
    return row if row is not None and public_question(row.line_id) is not None else None


def public_question(line: int) -> LineSeen | None:
    """The question on the line, as anyone reads it; None where there is none."""
    seen = lines_seen([line], PUBLIC_VIEWER).get(line)
    return seen if seen is not None and seen.share.kind == Kind.QUESTION else None


def question_shown(seen: LineSeen | None) -> tuple[str, str]:
    """Its first line and its conversation; both empty where it is no longer open to anyone."""
    return (first_line(seen.share.html), seen.conversation_public_id) if seen is not None else ("", "")


def hosts_for(question: Seen, *, by: Person) -> list[Person]:
    """Those who answer it, as far as the steward may list them."""
    terms: Question | None = question_of(question, viewer_for(by.id))
    return terms.hosts if terms is not None else []


def _is_steward(by: Person) -> None:
    if not by.steward:
        raise NotThere


def _address(row: OutsideAddress) -> str:
    """128 bits, as the other addresses have; they stand on the question's page, and are not guessed before."""
    named = base64.b32encode(bytes.fromhex(row.public_id)).decode().rstrip("=").lower()
    return f"u.{named}@{settings.MAIL_DOMAIN}"
