"""What a program wrote is told from what a person wrote: by its headers, never by a word that anyone may write."""

import json
import time
from pathlib import Path

import pytest

from communis.channels.email.letters import held_mail
from communis.channels.email.mail_ids import message_id
from communis.channels.email.parsing.bounces import bounced
from communis.channels.email.parsing.kinds import Evidence, LetterKind, kind_of
from communis.channels.email.parsing.letter import Letter
from communis.channels.email.parsing.reading import read
from communis.channels.email.shape import Recipient

_KINDS = {
    "bounce": LetterKind.BOUNCE,
    "complaint(ARF)": LetterKind.COMPLAINT,
    "auto-reply(RFC3834)": LetterKind.AUTO_REPLY,
}


def _letter(*headers: str, body: str = "hej") -> Letter:
    lines = (
        ["From: a@b.example", *headers] if not any(line.startswith("From:") for line in headers) else headers
    )
    letter = read(("\r\n".join(lines) + "\r\n\r\n" + body).encode())
    assert isinstance(letter, Letter)
    return letter


def test_real_bounces_complaints_and_auto_replies_are_none_of_them_personal(shared_data: Path) -> None:
    folder = shared_data / "bounces"
    cases = [json.loads(line) for line in (folder / "cases.jsonl").read_text(encoding="utf-8").splitlines()]
    assert len(cases) == 50
    reached = 0
    for case in cases:
        letter = read((folder / case["file"]).read_bytes())
        assert isinstance(letter, Letter), case
        assert kind_of(letter).kind is _KINDS[case["kind"]], case
        bounce = bounced(letter)
        assert (bounce is not None) == (case["kind"] == "bounce"), case
        reached += bounce is not None and "@" in bounce.address
    assert reached == 45  # every bounce says which address


@pytest.mark.parametrize(
    ("headers", "kind"),
    [
        (["Auto-Submitted: auto-replied"], LetterKind.AUTO_REPLY),
        (["Auto-Submitted: auto-generated; by=x"], LetterKind.AUTO_REPLY),
        (["Return-Path: <>"], LetterKind.AUTO_REPLY),
        (["X-Autoreply: yes"], LetterKind.AUTO_REPLY),
        (["X-Auto-Response-Suppress: OOF, AutoReply"], LetterKind.AUTO_REPLY),
        (["Precedence: bulk"], LetterKind.AUTO_REPLY),
        (["X-Apple-Action: VACATION"], LetterKind.AUTO_REPLY),
        (["Subject: Auto reply: x", "References: <1@b>"], LetterKind.AUTO_REPLY),
        (["From: no-reply@b.example"], LetterKind.AUTO_REPLY),
        (["From: svara.ej@b.example"], LetterKind.AUTO_REPLY),
        (["Subject: Automatiskt svar: Idé", "In-Reply-To: <1@b>"], LetterKind.AUTO_REPLY),
        (["Content-Type: multipart/report; report-type=disposition-notification"], LetterKind.AUTO_REPLY),
        (["List-Id: <kommunlistan.b.example>"], LetterKind.LIST),
        (["List-Unsubscribe: <mailto:x@b.example>", "Precedence: bulk"], LetterKind.LIST),
        (["Precedence: list"], LetterKind.LIST),
        (["X-MLServer: fml"], LetterKind.LIST),
        (["From: MAILER-DAEMON@b.example"], LetterKind.BOUNCE),
        (["From: MAILER-DAEMON <>"], LetterKind.BOUNCE),
        (["From: postmaster@b.example", "Subject: Meddelandet kunde inte levereras"], LetterKind.BOUNCE),
        (["X-Failed-Recipients: c@d.example", "Auto-Submitted: auto-replied"], LetterKind.BOUNCE),
        (["Content-Type: multipart/report; report-type=feedback-report"], LetterKind.COMPLAINT),
        (["Message-ID: <1@ideas.example>"], LetterKind.LOOP),
        (["List-Id: En krets <krets.ideas.example>"], LetterKind.LOOP),
        (["Received: x"] * 51, LetterKind.LOOP),
        (["Auto-Submitted: no"], LetterKind.PERSONAL),
        (["X-Auto-Response-Suppress: None"], LetterKind.PERSONAL),
        (["X-Auto-Response-Suppress: DR, RN, NRN"], LetterKind.PERSONAL),
        (["Return-Path: <a@b.example>", "Received: x", "Received: y"], LetterKind.PERSONAL),
        (["Subject: Automatiskt svar: så tycker jag"], LetterKind.PERSONAL),
        (["Subject: Undelivered Mail Returned to Sender"], LetterKind.PERSONAL),
        (["From: noor@b.example", "References: <1@ideas.example>"], LetterKind.PERSONAL),
    ],
)
def test_a_header_says_who_wrote(headers: list[str], kind: LetterKind) -> None:
    assert kind_of(_letter(*headers), own_hosts=["ideas.example"]).kind is kind


def test_what_the_server_was_told_counts_more_than_a_header() -> None:
    assert kind_of(_letter("Return-Path: <>"), envelope_sender="a@b.example").kind is LetterKind.PERSONAL
    assert kind_of(_letter(), envelope_sender="").evidence is Evidence.NULL_RETURN_PATH


def _report(*lines: str) -> Letter:
    body = "--b\n\nText\n--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; x\n\n"
    body += "\n".join(lines) + "\n--b--"
    return _letter("Content-Type: multipart/report; report-type=delivery-status; boundary=b", body=body)


@pytest.mark.parametrize(
    ("said", "hard"),
    [
        (["Status: 5.1.1", "Action: failed"], True),
        (["Status: 5.0.0", "Diagnostic-Code: smtp; 550 5.1.1 unknown", "Action: failed"], True),
        (["Status: 4.4.1", "Action: failed"], False),
        (["Status: 5.2.2", "Action: failed"], False),
        (["Status: 5.0.0", "Diagnostic-Code: smtp; 552 mailbox full"], False),
        (["Status: 5.4.1", "Action: delayed"], False),
        (["Diagnostic-Code: smtp; 550 nej"], True),
    ],
)
def test_a_bounce_is_hard_or_soft(said: list[str], hard: bool) -> None:
    bounce = bounced(_report("Final-Recipient: rfc822; Asa@b.example", *said))
    assert bounce is not None
    assert (bounce.address, bounce.hard) == ("Asa@b.example", hard)


def test_what_was_delivered_did_not_bounce() -> None:
    assert (
        bounced(_report("Final-Recipient: rfc822; a@b.example", "Action: delivered", "Status: 2.0.0")) is None
    )
    assert bounced(_letter("Subject: failure notice", body="<a@b.example>: 550 5.1.1 unknown")) is None


def test_a_postmaster_who_repeats_a_refusal_is_the_mail_system() -> None:
    sender = "From: post_master@b.example"
    assert kind_of(_letter(sender, body="Error:\n550 - no such user here")).kind is LetterKind.BOUNCE
    assert kind_of(_letter(sender, body="Hur många är 550 personer?")).kind is LetterKind.PERSONAL


def test_the_address_is_found_in_words_too() -> None:
    told = "Write to help@b.example.\n\n<c@d.example>: said: 550 5.1.1 unknown\n\nReceived: by 5.9.1.2\n"
    bounce = bounced(_letter("From: MAILER-DAEMON@b.example", body=told))
    assert bounce is not None
    assert (bounce.address, bounce.hard, bounce.status) == ("c@d.example", True, "5.1.1")


@pytest.mark.parametrize(
    "letter",
    [
        _letter("From: postmaster@b.example", "Subject: " + "delivery " * 7000),
        _letter("From: MAILER-DAEMON@b.example", body="<" * 500_000),
        _letter("From: MAILER-DAEMON@b.example", body="a@" * 300_000),
        _letter("From: MAILER-DAEMON@b.example", body="5.1." * 200_000),
        _letter("From: MAILER-DAEMON@b.example", "Content-Type: text/html", body="<" * 500_000),
        _letter("List-Id: " + "<a@" * 20_000, "X-Loop: " + "." * 60_000),
        _report("Final-Recipient: " + "a" * 60_000, "Diagnostic-Code: " + "5" * 60_000),
        _report("a:" * 20_000, "Final-Recipient: x" + "\n " * 20_000),
    ],
)
def test_no_mail_takes_long_to_judge(letter: Letter) -> None:
    """This is done in the worker, without the limits of the child."""
    began = time.process_time()
    kind_of(letter, own_hosts=["ideas.example"])
    bounced(letter)
    assert time.process_time() - began < 0.5


def test_our_own_mail_that_comes_back_is_a_loop_and_elsewhere_an_automatic_one() -> None:
    name = message_id(7, "0" * 32, "held")
    letter = read(held_mail(Recipient("a@b.example", name)).message().as_bytes())
    assert isinstance(letter, Letter)
    assert letter.message_id == name
    host = name.strip("<>").rpartition("@")[2]
    assert kind_of(letter, own_hosts=[host]).kind is LetterKind.LOOP
    assert kind_of(letter, own_hosts=["other.example"]).kind is LetterKind.AUTO_REPLY
