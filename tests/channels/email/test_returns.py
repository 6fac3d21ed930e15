"""Mails that came back: three for good in fourteen days pause a person's mail, and nothing of the report is kept."""

from typing import Any

import pytest
from django.core import mail

from communis.attention.mail_choices import mail_choice
from communis.attention.models import Notice
from communis.channels.email.destinations import is_ours
from communis.channels.email.intake.receiving import receive, spool
from communis.channels.email.intake.spool import Envelope
from communis.channels.email.mail_ids import LASTS
from communis.channels.email.models import Arrived, Outgoing
from communis.channels.email.sending import Sent, send_due
from communis.journal import moments
from tests.cast import Cast, letter
from tests.channels.email.test_receiving import takes_mail
from tests.clock import Clock
from tests.web.forms import client_of, page

pytestmark = pytest.mark.django_db
assert takes_mail  # used as a fixture by pytest
REPORT = """\
From: Mail Delivery System <MAILER-DAEMON@mx.avinge.example>
To: <{to}>
Subject: Undelivered Mail Returned to Sender
Message-ID: <{number}@mx.avinge.example>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

I could not deliver it. Kanariefågel.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.avinge.example

Final-Recipient: rfc822; karin@avinge.example
Action: failed
Status: {status}

--b--
"""


def sent_to_karin(people: Cast, clock: Clock) -> str:
    """A letter to Karin; the address that the mail about it comes back to."""
    letter("Tänk om Kanariefågel.", people.elin, people.karin)
    clock.news()
    send_due()
    return str(mail.outbox[-1].from_email)


def comes_back(to: str, number: int, status: str = "5.1.1") -> Arrived:
    raw = REPORT.format(to=to, number=number, status=status).replace("\n", "\r\n").encode()
    name = spool().keep(Envelope(to, "", "127.0.0.1", True, moments.now()), raw)
    assert receive() == 1
    return Arrived.objects.get(file=name)


def test_three_that_came_back_pause_the_mail_and_nothing_is_lost(
    people: Cast, clock: Clock, settings: Any
) -> None:
    first = sent_to_karin(people, clock)
    assert first.endswith("@svar.avinge.example") and is_ours(first)
    assert mail.outbox[0].message()["From"] == settings.DEFAULT_FROM_EMAIL
    assert first not in str(mail.outbox[0].message())
    # The same twice, and what passes, count once and not at all.
    arrived = comes_back(first, 1)
    assert (arrived.outcome, arrived.reason) == (Arrived.Outcome.IGNORED, Arrived.Reason.RETURNED)
    comes_back(first, 1)
    comes_back(first, 2)
    comes_back(sent_to_karin(people, clock), 3, status="4.2.2")
    comes_back(sent_to_karin(people, clock), 4)
    assert Outgoing.objects.filter(returned_at__isnull=False).count() == 2
    assert mail_choice(people.karin.id).paused_at is None
    waiting = letter("Ännu ett.", people.elin, people.karin)
    clock.news()
    comes_back(sent_to_karin(people, clock), 5)
    assert mail_choice(people.karin.id).paused_at is not None
    # L24: no report is on disk.
    kept = [path for path in (settings.DATA / "spool").rglob("*") if path.is_file()]
    assert kept == [] and Arrived.objects.filter(person_id__isnull=False).count() == 0
    letter("Och ett till.", people.elin, people.karin)
    clock.news()
    assert send_due() == Sent(0, 0, 0)
    assert Notice.everything.filter(person_id=people.karin.id, read_at=None).count() == 6 and waiting
    assert "Our mails to you came back." in page(client_of(people.karin), "/for-you")
    client_of(people.karin).post("/for-you/mail", {"do": "again"})
    assert mail_choice(people.karin.id).paused_at is None
    # What came back before counts no more.
    comes_back(sent_to_karin(people, clock), 6)
    assert mail_choice(people.karin.id).paused_at is None


def test_three_in_more_than_fourteen_days_pause_nothing(people: Cast, clock: Clock) -> None:
    for number in range(3):
        comes_back(sent_to_karin(people, clock), number)
        clock.minutes(8 * 24 * 60)
    assert mail_choice(people.karin.id).paused_at is None
    address = sent_to_karin(people, clock)
    clock.forward(LASTS + 2 * moments.DAY)
    assert not is_ours(address) and not is_ours(f"b.{'a' * 26}@svar.avinge.example")
