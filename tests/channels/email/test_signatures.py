"""Signatures that we try ourselves: what they prove, what they do not, and what happens when DNS is silent."""

import itertools
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import dkim
import pytest

from communis.channels.email.intake import asked_again
from communis.channels.email.intake.asked_again import NoAnswer
from communis.channels.email.intake.receiving import receive, spool
from communis.channels.email.intake.signatures import signed_by
from communis.channels.email.intake.spool import Envelope
from communis.channels.email.models import Arrived
from communis.journal import moments
from communis.journal.moments import DAY, HOUR
from tests.cast import Cast
from tests.channels.email.test_receiving import answered_at, said, takes_mail
from tests.channels.email.test_signing import Key, key, made_key
from tests.clock import Clock
from tests.name_server import NameServer, text_of

assert takes_mail and key  # used as fixtures by pytest
KARIN = "karin@avinge.example"
NAME = "brev._domainkey.avinge.example"
NAMES = (b"from", b"to", b"subject", b"date", b"from", b"subject")


@pytest.fixture
def names(settings: Any, key: Key) -> Iterator[NameServer]:
    with NameServer({(NAME, "TXT"): [text_of(key.record)]}) as server:
        settings.DNS = server.place
        yield server


def mail(words: str = "Det gör vi gärna.", sender: str = KARIN, more: str = "") -> bytes:
    head = f"From: Karin <{sender}>\r\nTo: svar@avinge.example\r\nSubject: Sv\r\nMessage-ID: <{abs(hash(words))}@x>\r\n"
    return f"{head}{more}\r\n{words}\r\n".encode()


def with_signature(raw: bytes, key: Key, domain: str = "avinge.example", **named: Any) -> bytes:
    chosen = {"canonicalize": (b"relaxed", b"relaxed"), "include_headers": NAMES, **named}
    signature = dkim.DKIM(raw).sign(b"brev", domain.encode(), key.file.read_bytes(), **chosen)
    return bytes(signature) + raw


def test_what_a_signature_proves(names: NameServer, key: Key, tmp_path: Path) -> None:
    good = with_signature(mail(), key)
    assert signed_by(good, "avinge.example")
    # A person's address may be at a part of what signs, never the other way round.
    assert signed_by(good, "skola.avinge.example") and not signed_by(good, "example")
    assert not signed_by(good, "angripare.example") and not signed_by(mail(), "avinge.example")
    refused = {
        "other words": good.replace(b"g\xc3\xa4rna", b"inte"),
        "another sender": good.replace(b"From: Karin", b"From: Elin"),
        "counted out": with_signature(mail(), key, length=True),
        "sender not signed for": good.replace(b"h=from", b"h=xfrom"),
        "subject not signed for": with_signature(mail(), key, include_headers=(b"from",)),
        "another subject above": b"Subject: Annat\r\n" + good,
        "another kind above": b"Content-Type: text/html\r\nContent-Type: text/plain\r\n" + good,
        "SHA-1": with_signature(mail(), key, signature_algorithm=b"rsa-sha1"),
        "a wide gap": with_signature(mail("x" + " " * 400 + "y"), key),
        "three before it": b"".join([b"DKIM-Signature: v=1; a=rsa-sha256; d=avinge.example; s=nej; h=from:subject;"
                                     b" bh=YQ==; b=YQ==\r\n"] * 3) + good,
    }  # fmt: skip
    for why, raw in refused.items():
        assert not signed_by(raw, "avinge.example"), why
    # Two heads, to who reads otherwise than the one who tries.
    assert not signed_by(
        good.replace(b"\r\n\r\n", b"\r\n" + b"X" * 201 + b": Annat\r\n\r\n", 1), "avinge.example"
    )
    for record, why in {
        "v=DKIM1; k=rsa; p=": "taken back",
        key.record + "; t=y": "being tried out",
        key.record + "; s=other": "for something else",
        key.record + "; h=sha1": "for SHA-1",
        made_key(tmp_path).record: "another",
        "": "none",
    }.items():
        names.records = {(NAME, "TXT"): [text_of(record)]} if record else {}
        assert not signed_by(good, "avinge.example"), why
    short = made_key(tmp_path, 768)
    names.records = {(NAME, "TXT"): [text_of(short.record)]}
    assert not signed_by(with_signature(mail(), short), "avinge.example")
    # Nobody is asked about what does not count anyway.
    names.asked.clear()
    signed_by(with_signature(mail(), key, domain="angripare.example"), "avinge.example")
    assert names.asked == []
    names.silent = True
    with pytest.raises(NoAnswer):
        signed_by(good, "avinge.example")


def test_a_signature_that_has_run_out(names: NameServer, key: Key) -> None:
    """RFC 6376 3.5, x=: also within the hours for which the library still takes it."""

    def ends(at: float) -> bytes:
        raw = mail()
        signer = dkim.DKIM(raw)
        header = signer.gen_header

        def with_end(fields: Any, *rest: Any, **more: Any) -> bytes:
            fields.insert(1, (b"x", str(int(at)).encode()))
            return bytes(header(fields, *rest, **more))

        signer.gen_header = with_end
        return (
            bytes(signer.sign(b"brev", b"avinge.example", key.file.read_bytes(), include_headers=NAMES)) + raw
        )

    assert signed_by(ends(time.time() + 3600), "avinge.example")
    assert not signed_by(ends(time.time() - 60), "avinge.example")


def test_mauth_1_where_we_try_ourselves(
    people: Cast, clock: Clock, names: NameServer, key: Key, settings: Any, tmp_path: Path
) -> None:
    """MAUTH-1 with nobody before us: the signature in six states, the sender in two, the address in two."""
    settings.MAIL_CHECKED_HERE, settings.MAIL_AUTHENTICATED_BY = True, ""
    share, address = answered_at(people, clock)
    stranger = made_key(tmp_path)
    names.records["brev._domainkey.angripare.example", "TXT"] = [text_of(stranger.record)]
    states = ("good", "none", "changed", "another's", "forged", "unaligned")
    published = 0
    for number, (state, own, hers, trusted) in enumerate(
        itertools.product(states, (True, False), (True, False), (True, False))
    ):
        raw = mail(f"Svar {number}.", KARIN if own else "elin@avinge.example")
        signed = {
            "none": raw,
            "good": with_signature(raw, key),
            "changed": with_signature(raw, key).replace(b"Svar", b"Nej"),
            "another's": with_signature(raw, stranger, domain="angripare.example"),
            "forged": with_signature(raw, stranger),
            "unaligned": with_signature(raw, key, domain="annan.avinge.example"),
        }[state]
        # What it says of servers that do not look for us counts for nothing.
        found = b"Authentication-Results: mx.avinge.example; dkim=pass header.d=avinge.example\r\n"
        to = address if hers else f"r.{'a' * 26}@svar.avinge.example"
        name = spool().keep(Envelope(to, KARIN, "127.0.0.1", trusted, moments.now()), found + signed)
        receive()
        outcome = Arrived.objects.get(file=name).outcome
        expected = state == "good" and own and hers
        assert (outcome == Arrived.Outcome.PUBLISHED) is expected, (state, own, hers, trusted)
        published += expected
    assert published == 2 and len(said(share, people.elin)) == 1 + published
    # Off, nobody vouches for anything.
    settings.MAIL_CHECKED_HERE = False
    name = spool().keep(
        Envelope(address, KARIN, "x", True, moments.now()), with_signature(mail("Till."), key)
    )
    receive()
    assert Arrived.objects.get(file=name).reason == Arrived.Reason.NOT_PROVED


def test_while_dns_is_silent_a_mail_waits_and_holds_up_no_other(
    people: Cast, clock: Clock, names: NameServer, key: Key, settings: Any
) -> None:
    settings.MAIL_CHECKED_HERE = True
    share, address = answered_at(people, clock)
    names.silent = True
    waits = spool().keep(Envelope(address, KARIN, "x", True, moments.now()), with_signature(mail(), key))
    assert receive() == 0 and list(spool().waiting()) == [waits] and not Arrived.objects.exists()
    asked = len(names.asked)
    vouched = b"Authentication-Results: mx.avinge.example; dkim=pass header.d=avinge.example\r\n"
    spool().keep(Envelope(address, KARIN, "x", True, moments.now()), vouched + mail("Och en sak till."))
    # The other is said; the first is let alone for a while.
    assert receive() == 1 and len(names.asked) == asked and len(said(share, people.elin)) == 2
    names.silent = False
    clock.forward(HOUR)
    assert receive() == 1 and said(share, people.elin)[-1] == "<p>Det gör vi gärna.</p>"
    # After a day it waits for her.
    names.silent = True
    late = spool().keep(
        Envelope(address, KARIN, "x", True, moments.now() - DAY), with_signature(mail("Sent."), key)
    )
    assert receive() == 1
    assert Arrived.objects.get(file=late).reason == Arrived.Reason.NOT_PROVED
    assert not asked_again._until
