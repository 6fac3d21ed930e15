"""What is fetched from a mailbox, without one: whom a mail was sent to, what settings say, servers that do not answer.

A real mailbox: tests/mail_servers/test_fetching.py.
"""

import socket
from pathlib import Path
from typing import Any

import pytest

from communis import environment
from communis.channels.email.intake import fetching
from communis.channels.email.intake.fetching import Fetched, _envelopes
from communis.cli.commands import mail
from communis.cli.work import LONG_JOBS
from communis.environment import Mailbox, SettingError

DOMAIN = "svar.avinge.example"
ETT, TVA = f"r.ett@{DOMAIN}", f"r.tva@{DOMAIN}"
HEADERS = ["X-Original-To", "Delivered-To", "To", "Cc"]


@pytest.mark.parametrize(
    ("head", "recipients", "sender"),
    [
        (f"Return-Path: <elin@avinge.example>\nDelivered-To: {ETT.upper()}\n", [ETT], "elin@avinge.example"),
        # The first header that says one of ours.
        (f"To: {TVA}\nDelivered-To: <{ETT}>\n", [ETT], "not told"),
        (f"X-Original-To: r.tre@{DOMAIN}\nCc: =?utf-8?q?{ETT}?= <{ETT}>\n", [ETT], "not told"),
        # More than one in it.
        (f'Delivered-To: alla@avinge.example\nTo: Ett <{ETT}>,\n "Tva"\n <{TVA}>\n', [ETT, TVA], "not told"),
        (f"To: r.tre@{DOMAIN}, {ETT}.se, x{ETT}\n", [], ""),
        # Nobody sent it: a bounce stays one.
        (f"Return-Path: <>\nTo: {ETT}\n", [ETT], ""),
        ("", [], ""),
        ("X: 1\n" * 3000, [], ""),
        # Made to take long.
        (f"To: {'a' * 60_000}\nCc: {'<' * 60_000}{ETT}\n", [ETT], "not told"),
    ],
)
def test_whom_a_mail_was_sent_to(head: str, recipients: list[str], sender: str) -> None:
    found = _envelopes(f"{head}\nTo: {ETT}\n".encode(), DOMAIN, HEADERS, {ETT, TVA}.__contains__)
    assert [one.recipient for one in found] == recipients
    assert {one.sender for one in found} <= {sender}


@pytest.mark.parametrize(
    ("written", "mailbox"),
    [
        ("imaps://svar@imap.avinge.example", Mailbox(True, "imap.avinge.example", 993, "svar", "INBOX")),
        (
            "imaps://svar@avinge.example@imap.avinge.example:1993/Till%20Communis",
            Mailbox(True, "imap.avinge.example", 1993, "svar@avinge.example", "Till Communis"),
        ),
        ("imap://svar@localhost/INBOX", Mailbox(False, "localhost", 143, "svar", "INBOX")),
        ("", None),
        ("imap://svar@imap.avinge.example", "on this machine"),
        ("imaps://svar:hemligt@imap.avinge.example", "COMMUNIS_IMAP_PASSWORD"),
        ("imaps://imap.avinge.example", "write it like"),
        ("https://svar@imap.avinge.example", "write it like"),
        ("imaps://svar@imap.avinge.example/L%C3%A5da", "plain letters"),
        ('imaps://svar@imap.avinge.example/a"b', "plain letters"),
        ("imaps://svar@imap.avinge.example:many", "write it like"),
    ],
)
def test_what_the_setting_says(
    monkeypatch: pytest.MonkeyPatch, written: str, mailbox: Mailbox | str | None
) -> None:
    monkeypatch.setenv("COMMUNIS_IMAP", written)
    if isinstance(mailbox, str):
        with pytest.raises(SettingError, match=mailbox) as refused:
            environment.mailbox("COMMUNIS_IMAP")
        assert "hemligt" not in str(refused.value)
    else:
        assert environment.mailbox("COMMUNIS_IMAP") == mailbox


def test_the_command_says_what_to_do(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.DATA = tmp_path
    settings.IMAP = None
    assert mail.fetch().failed and "COMMUNIS_IMAP_PASSWORD" in mail.fetch().text
    (by_worker,) = (job.run for job in LONG_JOBS if job.name == "mail that is fetched")
    assert by_worker() == Fetched(0, 0)
    monkeypatch.setattr(fetching, "PATIENCE", 0.1)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        settings.IMAP = Mailbox(False, "127.0.0.1", silent.getsockname()[1], "svar@avinge.example", "INBOX")
        settings.IMAP_PASSWORD = "hemligt"
        result = mail.fetch()
    assert result.failed and "TimeoutError" in result.text and "avinge" not in result.text
