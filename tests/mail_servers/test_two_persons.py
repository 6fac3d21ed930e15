"""A letter begun and answered by mail alone, by two persons with a mailbox each: a real Postfix and Dovecot."""

import email
import email.policy
import smtplib
from email.message import EmailMessage

import pytest

from tests.mail_servers.servers import BY_LMTP, MX, Servers
from tests.mail_servers.town import Town, link_in

pytestmark = pytest.mark.mail

ELIN, KARIN, JOHAN = "elin@avinge.example", "karin@avinge.example", "johan@avinge.example"
# As our own server would write it, all of it and the part that OpenDKIM does not speak of.
FORGED = (
    f"Authentication-Results: {MX}; dkim=pass header.d=avinge.example; dmarc=pass header.from=avinge.example\r\n"
    f"Authentication-Results: {MX}; dmarc=pass header.from=avinge.example\r\n"
)


class Inbox:
    """What a person finds in her mail program, one new mail after the other."""

    def __init__(self, servers: Servers, address: str) -> None:
        self.servers, self.address = servers, address
        self.read = self.before = len(servers.mails(address))

    def next(self) -> EmailMessage:
        self.servers.wait_for(
            lambda: len(self.servers.mails(self.address)) > self.read, f"mail to {self.address}"
        )
        self.read += 1
        raw = self.servers.mails(self.address)[self.read - 1]
        mail = email.message_from_bytes(raw, policy=email.policy.default)
        assert isinstance(mail, EmailMessage)
        return mail


def text_of(mail: EmailMessage) -> str:
    """What a program shows that shows no HTML."""
    body = mail.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def begun(to: str, subject: str, words: str, sender: str) -> bytes:
    """A new mail, as Apple Mail writes it."""
    head = (
        f"From: Elin Forsgren <{sender}>\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit"
        f"\r\nMime-Version: 1.0 (Mac OS X Mail 16.0)\r\nSubject: {subject}\r\nMessage-Id: <begun@avinge.example>\r\n"
        f"Date: Mon, 30 Nov 2026 10:01:00 +0100\r\nTo: {to}\r\n\r\n"
    )
    return (head + f"{words}\n\nSkickat från min iPhone\n".replace("\n", "\r\n")).encode()


def from_outlook(mail: EmailMessage, words: str, sender: str, more: str = "") -> bytes:
    """The answer as Outlook for Windows writes it: the words, and below them the mail as a block."""
    body = text_of(mail)
    head = (
        f"{more}From: {sender}\r\nTo: {mail['Reply-To']}\r\nSubject: SV: Det har kommit\r\n"
        f"Message-ID: <{abs(hash(words))}@avinge.example>\r\nIn-Reply-To: {mail['Message-ID']}\r\n"
        "Date: Mon, 30 Nov 2026 10:05:00 +0100\r\nMIME-Version: 1.0\r\n"
        "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\nContent-Language: sv-SE\r\n\r\n"
    )
    text = (
        f"{words}\n\nMed vänlig hälsning\nKarin Sundvall\n\n"
        f"Från: {mail['From']} \nSkickat: den 30 november 2026 10:02\nTill: {sender}\nÄmne: Det har kommit\n\n{body}"
    )
    return (head + text.replace("\n", "\r\n")).encode()


def test_a_letter_is_written_and_answered_by_mail_alone(town: Town, servers: Servers) -> None:
    elin, karin = Inbox(servers, ELIN), Inbox(servers, KARIN)
    done, held = town.lies_in("done"), town.lies_in("held")
    shown = town.page("elin", f"/people/{town.persons['karin']}")
    at = shown.partition("mailto:")[2].partition('"')[0]
    letter = begun(at, "En tanke", "Tänk om vi satt hos någon annan en förmiddag.", ELIN)
    servers.hand_in(ELIN, [at], letter)

    # Whoever wrote by mail is told who reads it, and nobody else is told so.
    assert "läsas av: Karin Sundvall." in text_of(elin.next())
    told = karin.next()
    assert "någon annan en förmiddag" in text_of(told) and "iPhone" not in text_of(told)
    assert "tanke" not in told["Subject"] and told["From"] == f"communis@{BY_LMTP}"
    # Signed on its way out, as a mail to another organisation has to be.
    assert f"d={BY_LMTP}" in told["DKIM-Signature"]
    servers.hand_in(KARIN, [told["Reply-To"]], from_outlook(told, "Det gör vi gärna.", KARIN))

    receipt = karin.next()
    assert "läsas av: Elin Forsgren." in text_of(receipt)
    told_back = elin.next()
    page = town.page("elin", link_in(text_of(told_back)))
    assert "<p>Det gör vi gärna.</p>" in page and "Skickat" not in page and "hälsning" not in page
    assert told_back["Reply-To"] != told["Reply-To"]
    servers.hand_in(ELIN, [told_back["Reply-To"]], from_outlook(told_back, "Då säger vi tisdag.", ELIN))
    assert "<p>Då säger vi tisdag.</p>" in town.page("karin", link_in(text_of(karin.next())))
    assert "läsas av: Karin Sundvall." in text_of(elin.next())
    assert town.lies_in("done") == done + 3

    corrected = from_outlook(receipt, "Rätta\n\nDet gör vi gärna, på tisdag.", KARIN)
    servers.hand_in(KARIN, [receipt["Reply-To"]], corrected)
    assert "på tisdag" in text_of(karin.next())
    assert "har rättat det du fick" in text_of(elin.next())
    assert "<p>Det gör vi gärna, på tisdag.</p>" in town.page("elin", link_in(text_of(told_back)))
    done += 1

    # Somebody outside writes as Karin, and as our own server.
    forged = from_outlook(told, "Jag säger upp mig.", KARIN, more=FORGED * 2)
    servers.send_from_outside(KARIN, [told["Reply-To"]], forged)
    # Somebody inside has got hold of her address, and is who he is.
    servers.hand_in(JOHAN, [told["Reply-To"]], from_outlook(told, "Det gör vi inte.", JOHAN))
    waiting = karin.next()
    servers.wait_for(lambda: town.lies_in("held") == held + 2, "both wait for Karin")
    assert "säger upp" not in str(waiting) and waiting["Reply-To"] is None
    page = town.page("karin", "/held-mail")
    assert "Jag säger upp mig." in page and "Det gör vi inte." in page

    # Karin's program says that she is away.
    away = from_outlook(told, "Jag är åter den 7 december.", KARIN, more="Auto-Submitted: auto-replied\r\n")
    servers.hand_in(KARIN, [told["Reply-To"]], away)
    servers.wait_for(lambda: town.lies_in("done") == done + 4, "it is let be")
    page = town.page("elin", link_in(text_of(told_back)))
    for unsaid in ("säger upp", "gör vi inte", "åter den"):
        assert unsaid not in page
    assert "säger upp" not in town.page("elin", "/held-mail")
    # A mail to an address that nobody has is refused at once: nothing is sent back to one who perhaps never wrote it.
    with servers.speak("mx") as server, pytest.raises(smtplib.SMTPRecipientsRefused) as refused:
        server.sendmail(JOHAN, [f"r.{'a' * 26}@{BY_LMTP}"], from_outlook(told, "Hej.", JOHAN))
    assert [code for code, _words in refused.value.recipients.values()] == [550]
    # Nobody was told of what was let be, and nothing is on its way.
    servers.wait_for(lambda: servers.queued() == 0, "the queue is empty")
    assert len(servers.mails(ELIN)) - elin.before == 4 and len(servers.mails(KARIN)) - karin.before == 5
