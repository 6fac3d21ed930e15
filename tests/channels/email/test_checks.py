"""Trying the whole way of mail: what is found is told in sentences, and the mail itself becomes nothing."""

import ast
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connections

from communis.channels.email.checks import round_trip as trips
from communis.channels.email.checks.addresses import LASTS, answered_at, check_at
from communis.channels.email.checks.arriving import take_check
from communis.channels.email.checks.asked import ask_for_check, findings_of, last_check
from communis.channels.email.checks.domain_names import named
from communis.channels.email.checks.findings import Finding
from communis.channels.email.checks.round_trip import found_out
from communis.channels.email.checks.running import all_is_well, check_now, run_asked_check
from communis.channels.email.checks.sentences import NAMES, SENTENCES, name_of, sentence_of
from communis.channels.email.checks.waiting import in_steps
from communis.channels.email.destinations import is_ours
from communis.channels.email.intake.listening import Intake, Smtp
from communis.channels.email.intake.receiving import receive, spool
from communis.channels.email.intake.spool import Envelope
from communis.channels.email.models import Arrived, MailCheck, Outgoing
from communis.conversations.models import Contribution
from communis.conversations.refusals import NotThere
from communis.journal import moments
from communis.journal.moments import MINUTE
from tests.cast import Cast
from tests.channels.email.listener import Listener
from tests.channels.email.test_receiving import takes_mail
from tests.channels.email.test_signing import Key, key
from tests.clock import Clock
from tests.name_server import NameServer, text_of
from tests.web.forms import client_of, page

assert takes_mail and key  # used as fixtures by pytest
MX, DOMAIN = "mx.avinge.example", "svar.avinge.example"
GOOD = f"{MX}; dkim=pass header.d={DOMAIN}"
FORGED = f"{MX}; dkim=pass header.d=forged.invalid; dmarc=pass header.from=forged.invalid"


def said(found: list[Finding]) -> dict[str, str]:
    """``{what was tried: which sentence}``."""
    return {one.about: one.says for one in found}


@pytest.mark.parametrize(
    ("findings", "says", "well"),
    [
        ([GOOD], {"findings": "findings", "proof": "proof", "forged": "forged gone"}, True),
        ([GOOD, FORGED], {"findings": "findings", "proof": "proof", "forged": "forged below"}, True),
        ([FORGED], {"findings": "no findings", "proof": "no proof", "forged": "forged on top"}, False),
        ([], {"findings": "no findings", "proof": "no proof", "forged": "forged gone"}, False),
        (
            [f"other.example; dkim=pass header.d={DOMAIN}"],
            {"findings": "another server", "proof": "no proof", "forged": "forged gone"},
            False,
        ),
        (
            [f"{MX}; dkim=pass header.d=example; spf=pass smtp.mailfrom={DOMAIN}"],
            {"findings": "findings", "proof": "no proof", "forged": "forged gone"},
            False,
        ),
    ],
)
def test_what_stands_above_the_mail(
    settings: Any, findings: list[str], says: dict[str, str], well: bool
) -> None:
    settings.DEFAULT_FROM_EMAIL, settings.MAIL_AUTHENTICATED_BY = f"communis@{DOMAIN}", MX
    found = list(found_out(findings, "not tried", trusted=True))
    assert said(found) == says and all_is_well(found) is well
    # Nobody is believed who is not trusted; what we try ourselves does it alone.
    assert said(list(found_out(findings, "not tried", trusted=False)))["proof"] == "no proof"
    settings.MAIL_CHECKED_HERE, settings.MAIL_AUTHENTICATED_BY = True, ""
    assert said(list(found_out([], "yes", trusted=True)))["findings"] == "findings here"
    assert said(list(found_out([], "yes", trusted=True)))["proof"] == "proof"
    assert said(list(found_out([], "no answer", trusted=True)))["proof"] == "dns silent"


def test_what_dns_says_of_our_mail(settings: Any, key: Key) -> None:
    settings.DEFAULT_FROM_EMAIL, settings.MAIL_DOMAIN = f"communis@{DOMAIN}", DOMAIN
    settings.DKIM_KEY, settings.DKIM_SELECTOR = str(key.file), "brev"
    record = f"brev._domainkey.{DOMAIN}"
    with NameServer() as server:
        settings.DNS = server.place
        assert said(list(named())) == {
            "mx": "no mx",
            "spf": "no spf",
            "record": "no record",
            "dmarc": "no dmarc",
        }
        server.records = {
            (DOMAIN, "MX"): [f"10 {MX}."],
            (DOMAIN, "TXT"): ['"another text"', '"v=spf1 mx -all"'],
            (record, "TXT"): [text_of(key.record)],
            ("_dmarc.avinge.example", "TXT"): ['"v=DMARC1; p=reject"'],
        }
        found = list(named())
        assert said(found) == {one: one for one in ("mx", "spf", "record", "dmarc")} and all_is_well(found)
        assert MX in sentence_of(found[0])
        server.records[record, "TXT"] = ['"v=DKIM1; p=YQ=="']
        assert said(list(named()))["record"] == "another record"
        server.silent = True
        assert {one.state for one in named()} == {"not tested"}


def test_each_thing_found_has_its_sentence() -> None:
    """Read from the sources: what no test comes by has its words too."""
    for path in Path(trips.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in {"ok", "wrong", "not_tested"}:
                words = {one.value for one in node.args if isinstance(one, ast.Constant)}
                assert words <= NAMES.keys() | SENTENCES.keys(), words
    assert set(trips._AFTER) <= NAMES.keys()


@pytest.fixture
def relay(settings: Any, takes_mail: None) -> Iterator[Listener]:
    """A mail server that hands everything straight to us."""
    listener = Listener(
        Intake(spool(), is_ours=is_ours_here, trusted=["127.0.0.0/8"], least_free_mib=1), Smtp
    )
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", listener.port
    settings.SMTP = ("127.0.0.1", listener.port)
    settings.DEFAULT_FROM_EMAIL = f"communis@{DOMAIN}"
    settings.LEAST_FREE_MIB = 1
    try:
        yield listener
    finally:
        listener.close()


def is_ours_here(address: str) -> bool:
    """In the thread of the listener, whose connection nobody else ends."""
    try:
        return is_ours(address)
    finally:
        connections.close_all()


@pytest.mark.django_db(transaction=True)
def test_there_and_back(
    people: Cast, relay: Listener, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    with NameServer() as server:
        settings.DNS = server.place
        told: list[str] = []
        # Nobody looks into the spool, which is said; all that can be told without is told.
        monkeypatch.setattr(trips, "_FOR_THE_WORKER", 1)
        found = said(check_now(wait=5, tell=told.append))
        assert found["listener"] == "listener" and found["relay"] == "relay" and found["sent"] == "sent"
        assert found["worker"] == "no worker" and found["returns"] == "returns"
        assert found["addresses"] == "addresses" and found["findings"] == "no findings"
        assert found["forged"] == "forged on top" and found["mx"] == "no mx" and told
        # Asked for on the page and made by the worker, which takes the mail meanwhile.
        steward, elin = client_of(people.leyla), client_of(people.elin)
        steward.post("/stewards/mail")
        steward.post("/stewards/mail")
        assert MailCheck.objects.filter(state=MailCheck.State.WAITING).count() == 1
        assert "Look again" in page(steward, "/stewards/mail")
        stop = threading.Event()
        worker = threading.Thread(target=receive_until, args=(stop,))
        worker.start()
        try:
            assert run_asked_check() and not run_asked_check()
        finally:
            stop.set()
            worker.join()
    check = last_check(by=people.leyla)
    assert check is not None and said(findings_of(check))["worker"] == "worker"
    shown = page(steward, "/stewards/mail")
    assert "What a stranger writes as findings" in shown and "Look again" not in shown
    for one in findings_of(check):
        assert name_of(one) in shown
    # It is a mail of nobody's, and nothing has become of it.
    assert not Arrived.objects.exists() and not Outgoing.objects.exists()
    assert not Contribution.everything.exists() and not list((spool().folder / "done").iterdir())
    assert elin.get("/stewards/mail").status_code == 404 and elin.post("/stewards/mail").status_code == 404
    for refused in (ask_for_check, last_check):
        with pytest.raises(NotThere):
            refused(by=people.elin)


def receive_until(stop: threading.Event) -> None:
    try:
        while not stop.wait(0.2):
            receive()
    finally:
        connections.close_all()


def test_a_mail_server_that_is_away_is_named(db: None, takes_mail: None, settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    with NameServer() as server:
        settings.DNS = server.place
        server.silent = True
        found = check_now(wait=0, tell=lambda _said: None)
    (away,) = [one for one in found if one.about == "relay"]
    assert away.says == "relay away" and "127.0.0.1:1" in sentence_of(away) and not all_is_well(found)
    assert said(found)["sent"] == "not tried"


def test_an_address_of_a_check_is_known_for_an_hour_and_to_nobody_else(
    db: None, takes_mail: None, clock: Clock
) -> None:
    from communis.channels.email.mail_ids import hashed

    to, back = "a" * 26, "b" * 26
    check = MailCheck.objects.create(key=hashed(to), returns=hashed(back), sent_at=moments.now())
    for local in (to, back, to.upper()):
        assert is_ours(f"t.{local}@{DOMAIN}")
    assert not is_ours(f"t.{'c' * 26}@{DOMAIN}") and not is_ours(f"t.{to}@annan.example")
    raw = f"From: a@{DOMAIN}\r\nReply-To: {answered_at()}\r\nAuthentication-Results: {GOOD}\r\n\r\nHej.\r\n".encode()
    # What comes back undelivered is told with its number alone.
    bounce = Envelope(f"t.{back}@{DOMAIN}", "", "x", True, moments.now())
    assert take_check(bounce, b"From: MAILER-DAEMON@x.example\r\nSubject: x\r\n\r\n550 5.1.1 unknown\r\n")
    check = MailCheck.objects.get()
    assert check.sent_back and check.arrived_at is None
    came = Envelope(f"T.{to.upper()}@{DOMAIN}", f"t.{back}@{DOMAIN}", "x", True, moments.now())
    assert take_check(came, raw) and take_check(came, raw)
    check = MailCheck.objects.get()
    assert check.arrived_at == came.arrived_at
    assert check.arrival == {
        "folded": True, "returns": True, "reply_to": True, "trusted": True, "findings": [GOOD], "signed": "not tried",
    }  # fmt: skip
    clock.forward(LASTS)
    assert check_at(f"t.{to}@{DOMAIN}") is None and not take_check(came, raw)


def test_what_waits_is_told_in_steps_of_five(people: Cast, takes_mail: None, clock: Clock) -> None:
    assert [in_steps(count) for count in (0, 4, 5, 9, 10)] == [0, 0, 5, 5, 10]
    steward = client_of(people.leyla)
    steward.post("/stewards/mail")
    assert "A check is going on" in page(steward, "/stewards/mail")
    clock.forward(2 * MINUTE)
    assert "Does the worker run?" in page(steward, "/stewards/mail")

    def told() -> str:
        return page(steward, "/stewards/mail").partition("What waits")[2].partition("Help for stewards")[0]

    before = told()

    def held(number: int, reason: Arrived.Reason) -> None:
        for one in range(number):
            Arrived.objects.create(
                public_id=f"{reason:016}{one:016}", file=f"{reason}-{one}", digest=f"{reason}-{one}", arrived_at=0,
                outcome=Arrived.Outcome.HELD, reason=reason, person=people.karin,
            )  # fmt: skip

    held(4, Arrived.Reason.FILE_REFUSED)
    assert told() == before
    held(7, Arrived.Reason.NOT_PROVED)
    for number in range(6):
        Outgoing.objects.create(person=people.karin, template="told", entry=number, message_id="<x>", tries=1)
    shown = told()
    assert "at least 5: nothing proves who sent them" in shown and "with files" not in shown
    assert "At least 5 mails should have gone out" in shown and "Karin" not in shown
