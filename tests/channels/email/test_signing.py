"""What we sign, others can try: and what cannot be signed does not leave."""

import base64
import email
import re
import subprocess
from pathlib import Path
from typing import Any, NamedTuple

import dkim
import pytest
from django.core.mail import EmailMultiAlternatives, send_mail

from communis.channels.email.intake.listening import Intake, Smtp
from communis.channels.email.intake.spool import Spool
from communis.channels.email.models import Outgoing
from communis.channels.email.sending import send_due
from communis.channels.email.signing import signed
from communis.channels.email.signing_key import CannotSign, key_refusals
from tests.cast import Cast, letter
from tests.channels.email.listener import Listener
from tests.clock import Clock


class Key(NamedTuple):
    file: Path
    record: str


def made_key(folder: Path, bits: int = 2048) -> Key:
    """One to sign with, and what stands in DNS of it."""
    file = folder / f"key-{bits}"
    subprocess.run(["openssl", "genrsa", "-out", str(file), str(bits)], check=True, capture_output=True)
    ask = ["openssl", "rsa", "-in", str(file), "-pubout", "-outform", "DER"]
    public = subprocess.run(ask, check=True, capture_output=True).stdout
    return Key(file, f"v=DKIM1; k=rsa; p={base64.b64encode(public).decode()}")


@pytest.fixture(scope="session")
def key(tmp_path_factory: pytest.TempPathFactory) -> Key:
    return made_key(tmp_path_factory.mktemp("keys"))


@pytest.fixture
def signs(settings: Any, key: Key) -> None:
    settings.DKIM_KEY, settings.DKIM_SELECTOR = str(key.file), "brev"
    settings.DEFAULT_FROM_EMAIL = "communis@svar.avinge.example"


def a_mail(**headers: str) -> bytes:
    mail = EmailMultiAlternatives(
        "Något väntar på dig",
        "Tänk om vi satt hos någon annan en förmiddag.\n" + "å" * 60,
        "b.x@svar.avinge.example",
        ["karin@avinge.example"],
        reply_to=["r.x@svar.avinge.example"],
        headers={
            "From": "communis@svar.avinge.example",
            "List-Unsubscribe": "<https://ideas.example/stop-mail/x>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            **headers,
        },
    )
    mail.attach_alternative("<p>Tänk om vi satt hos någon annan.</p>", "text/html")
    return bytes(mail.message().as_bytes(linesep="\r\n"))


def holds(raw: bytes, key: Key) -> bool:
    def look_up(name: bytes, timeout: float = 5) -> bytes:
        assert name == b"brev._domainkey.svar.avinge.example."
        return key.record.encode()

    return bool(dkim.verify(raw, dnsfunc=look_up))


def test_a_signature_holds_and_nothing_can_be_added(signs: None, key: Key) -> None:
    raw = signed(a_mail())
    assert holds(raw, key)
    # As it came, and as words: nothing is lost by writing it in seven bits.
    assert raw.isascii()
    before, after = email.message_from_bytes(a_mail()), email.message_from_bytes(raw)
    said = [
        [part.get_payload(decode=True) for part in mail.walk() if not part.is_multipart()]
        for mail in (before, after)
    ]
    assert [one.replace(b"\r\n", b"\n") for one in said[0]] == [
        one.replace(b"\r\n", b"\n") for one in said[1]
    ]
    assert before["Subject"] == after["Subject"]
    about = re.sub(r"\s", "", re.search(r"\bh=([^;]*);", after["DKIM-Signature"])[1]).split(":")
    for name in ("from", "to", "subject", "date", "reply-to", "list-unsubscribe", "list-unsubscribe-post"):
        assert about.count(name) == 2, name
    assert (
        re.search(r"\bd=svar\.avinge\.example;", after["DKIM-Signature"])
        and " l=" not in after["DKIM-Signature"]
    )
    for added in ("From: a@b.example", "Subject: Annat", "List-Unsubscribe: <https://b.example>", "Cc: a@b.example",
                  "Content-Type: text/plain", "Reply-To: a@b.example"):  # fmt: skip
        assert not holds(f"{added}\r\n".encode() + raw, key), added
    assert not holds(raw.replace(b"f=F6rmiddag", b"") + b"mer\r\n", key)
    # What servers on the way add does no harm.
    assert holds(b"Received: from a by b\r\nAuthentication-Results: b; none\r\n" + raw, key)


def test_an_unusable_key_stops_the_start_in_a_sentence(settings: Any, tmp_path: Path, key: Key) -> None:
    assert list(key_refusals()) == []
    settings.DKIM_SELECTOR = "brev"
    (tmp_path / "none").write_text("inget", encoding="utf-8")
    for file in (tmp_path / "missing", tmp_path / "none", made_key(tmp_path, 1024).file):
        settings.DKIM_KEY = str(file)
        (refusal,) = key_refusals()
        assert refusal.name == "mail_key" and "opendkim-genkey" in refusal.sentence
        with pytest.raises(CannotSign):
            signed(a_mail())
    settings.DKIM_KEY = str(key.file)
    assert list(key_refusals()) == []


def test_whatever_leaves_is_signed_or_waits(
    people: Cast, clock: Clock, signs: None, key: Key, settings: Any, tmp_path: Path
) -> None:
    kept = Spool(tmp_path / "spool")
    kept.make()
    listener = Listener(Intake(kept, is_ours=bool, least_free_mib=1), Smtp)
    try:
        settings.EMAIL_BACKEND = "communis.channels.email.signed_smtp.SignedSmtp"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", listener.port
        letter("Tänk om vi satt hos någon annan en förmiddag.", people.elin, people.karin)
        clock.news()
        really, settings.DKIM_KEY = settings.DKIM_KEY, str(tmp_path / "gone")
        assert send_due().failed == 1 and list(kept.waiting()) == []
        settings.DKIM_KEY = really
        Outgoing.objects.update(due_at=0)
        assert send_due().sent == 1
        # Codes to sign in and invitations go another way, and are signed too.
        assert send_mail("Din kod", "Koden är 123456.", None, ["karin@avinge.example"]) == 1
        came = [kept.read(name)[1] for name in kept.waiting()]
        assert len(came) == 2 and all(holds(raw, key) for raw in came)
    finally:
        listener.close()
