"""Mail is fetched from a real Dovecot: in the spool before it is marked, each at least once, nothing deleted."""

import imaplib
import json
import multiprocessing
import os
import signal
import ssl
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from communis.channels.email.intake import fetching
from communis.channels.email.intake.fetching import Failed, Fetched, fetch
from communis.channels.email.intake.spool import Spool
from communis.channels.email.parsing.fingerprint import fingerprint
from communis.environment import Mailbox
from tests.kills.installation import ROOT
from tests.mail_servers.servers import FETCHED, MAILBOX, PASSWORD, Servers
from tests.mail_servers.test_delivering import kept, mail
from tests.mail_servers.test_two_persons import ELIN, FORGED, JOHAN, Inbox, from_outlook, text_of
from tests.mail_servers.town import Town, link_in

pytestmark = pytest.mark.mail

ONE, TWO = f"r.ett@{FETCHED}", f"r.tva@{FETCHED}"


@pytest.fixture
def spool(tmp_path: Path, servers: Servers, monkeypatch: pytest.MonkeyPatch) -> Spool:
    # As if the certificate of the test were among those of the system.
    monkeypatch.setenv("SSL_CERT_FILE", servers.certificate)
    made = Spool(tmp_path / "spool")
    made.make()
    return made


def mailbox(servers: Servers, folder: str = "INBOX") -> Mailbox:
    return Mailbox(True, "localhost", servers.folder.ports["imaps"], MAILBOX, folder)


def fetched(
    servers: Servers,
    spool: Spool,
    folder: str = "INBOX",
    header: str = "Delivered-To",
    takes_more: Callable[[str], bool] = lambda address: True,
) -> Fetched:
    return fetch(
        mailbox(servers, folder),
        PASSWORD,
        spool,
        is_ours={ONE, TWO}.__contains__,
        domain=FETCHED,
        recipient=["X-Original-To", header],
        takes_more=takes_more,
        least_free_mib=1,
    )


def put_in(servers: Servers, folder: str, subjects: list[str]) -> None:
    """Mails to the first of ours, in a new folder."""
    with servers.inbox(MAILBOX) as box:
        box.create(f'"{folder}"')
        for subject in subjects:
            raw = f"Delivered-To: {ONE}\r\n".encode() + mail(subject)
            assert box.append(f'"{folder}"', None, None, raw)[0] == "OK"


def flags(servers: Servers, folder: str) -> list[str]:
    with servers.inbox(MAILBOX) as box:
        box.select(f'"{folder}"')
        _ok, found = box.uid("FETCH", "1:*", "(FLAGS)")
        return [", ".join(sorted(flag.decode() for flag in imaplib.ParseFlags(one))) for one in found if one]


def test_what_postfix_put_in_the_mailbox_comes_to_each_recipient(servers: Servers, spool: Spool) -> None:
    servers.send_from_outside(ELIN, [ONE, TWO], mail("till två"))
    servers.send_from_outside(ELIN, [f"info@{FETCHED}"], mail("till ingen av oss"))
    servers.wait_for(lambda: len(servers.mails(MAILBOX)) == 3, "all three lie in the mailbox")
    assert fetched(servers, spool) == Fetched(taken=2, left=1)
    assert kept(spool) == {("till två", ONE): 1, ("till två", TWO): 1}
    around = [spool.read(name)[0] for name in spool.waiting()]
    assert {(one.sender, one.peer, one.trusted) for one in around} == {(ELIN, "mailbox", True)}
    # Nothing is gone; what we did not take is still new to whoever looks into it.
    assert sorted(flag.replace("\\Recent", "").strip(", ") for flag in flags(servers, "INBOX")) == [
        "",
        "\\Seen",
        "\\Seen",
    ]
    assert fetched(servers, spool) == Fetched(0, 0)
    # Told to look elsewhere, it looks at all of them again.
    assert fetched(servers, spool, header="To") == Fetched(taken=0, left=3)


def test_numbered_anew_read_by_a_person_and_too_large(
    servers: Servers, spool: Spool, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = "Till Communis"
    put_in(servers, folder, ["ett", "för stort " + "x" * 3000, "två"])
    monkeypatch.setattr(fetching, "LARGEST", 2000)
    with servers.inbox(MAILBOX) as box:
        box.select(f'"{folder}"')
        box.uid("STORE", "1:*", "+FLAGS", r"(\Seen)")
    assert fetched(servers, spool, folder) == Fetched(taken=2, left=1)
    assert [flag for flag in flags(servers, folder) if "Flagged" in flag] != []
    with servers.inbox(MAILBOX) as box:
        box.delete(f'"{folder}"')
    put_in(servers, folder, ["tre", "ett"])
    assert fetched(servers, spool, folder) == Fetched(2, 0)
    assert kept(spool) == {("ett", ONE): 2, ("två", ONE): 1, ("tre", ONE): 1}
    raws = [spool.read(name)[1] for name in spool.waiting()]
    # The same mail, which is said once.
    assert len({fingerprint(raw) for raw in raws}) == 3


def test_what_an_address_takes_no_more_of_is_left_unread_and_taken_later(
    servers: Servers, spool: Spool
) -> None:
    """Of the first at most two an hour; what is also for the second comes to that one at once."""
    folder = "Many"
    put_in(servers, folder, ["ett", "två", "tre"])
    with servers.inbox(MAILBOX) as box:
        both = f"Delivered-To: {ONE}, {TWO}\r\n".encode() + mail("till båda")
        assert box.append(folder, None, None, both)[0] == "OK"
    asked: list[str] = []

    def takes_more(address: str) -> bool:
        asked.append(address)
        return address == TWO or spool.waiting_to(ONE) < 2

    def at_most_two() -> Fetched:
        return fetched(servers, spool, folder, takes_more=takes_more)

    assert at_most_two() == Fetched(taken=2, left=0, waits=2)
    first = {("ett", ONE): 1, ("två", ONE): 1, ("till båda", TWO): 1}
    assert kept(spool) == first
    assert ["Seen" in flag for flag in flags(servers, folder)] == [True, True, False, False]
    # The address is full: what waits for it is not read again, and one question is enough.
    asked.clear()
    assert at_most_two() == Fetched(0, 0, waits=2) and asked == [ONE]
    assert kept(spool) == first
    for name in list(spool.waiting())[:2]:
        spool.settled(name)
    # Meanwhile somebody has deleted one that waited.
    with servers.inbox(MAILBOX) as box:
        box.select(folder)
        box.store("3", "+FLAGS", r"(\Deleted)")
        box.expunge()
    assert at_most_two() == Fetched(taken=1, left=1)
    assert kept(spool) == {("till båda", TWO): 1, ("till båda", ONE): 1}
    assert all("Seen" in flag for flag in flags(servers, folder))
    assert at_most_two() == Fetched(0, 0)


def test_killed_anywhere_nothing_is_lost(servers: Servers, spool: Spool) -> None:
    subjects = [f"nummer {number}" for number in range(8)]
    put_in(servers, "Killed", subjects)
    kills = 0
    for after in range(12):
        child = multiprocessing.get_context("fork").Process(
            target=fetch_until_killed, args=(servers, spool, "Killed", after)
        )
        child.start()
        child.join()
        kills += child.exitcode == -signal.SIGKILL
    fetched(servers, spool, "Killed")
    names = list(spool.waiting())
    assert {subject for subject, _to in kept(spool)} == set(subjects)
    # Each kill brings at most one mail a second time.
    assert kills >= 8 and len(names) <= len(subjects) + kills
    assert all("Seen" in flag for flag in flags(servers, "Killed"))


def fetch_until_killed(servers: Servers, spool: Spool, folder: str, after: int) -> None:
    """Killed before so many steps: to be kept, to be marked, to be noted, and so on."""
    steps = 0

    def counted(act: Callable[..., Any]) -> Callable[..., Any]:
        def step(*arguments: Any, **named: Any) -> Any:
            nonlocal steps
            steps += 1
            if steps > after % 6 + 1:
                os.kill(os.getpid(), signal.SIGKILL)
            return act(*arguments, **named)

        return step

    uid = imaplib.IMAP4.uid
    marking = counted(uid)
    imaplib.IMAP4.uid = lambda self, command, *rest: (  # type: ignore[method-assign]
        marking if command == "STORE" else uid
    )(self, command, *rest)
    fetching.Spool.keep = counted(Spool.keep)  # type: ignore[method-assign]
    fetching._Mark.set = counted(fetching._Mark.set)  # type: ignore[method-assign]
    fetched(servers, spool, folder)


def test_a_stranger_is_not_believed_and_a_refusal_is_told(
    servers: Servers, spool: Spool, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(Failed):
        fetched(servers, spool, "nowhere")
    with pytest.raises(imaplib.IMAP4.error):
        fetch(
            mailbox(servers), "wrong", spool, is_ours=bool, domain=FETCHED, recipient=["To"], least_free_mib=1
        )
    with pytest.raises(OSError, match="No space"):
        put_in(servers, "Full", ["ett"])
        fetch(
            mailbox(servers, "Full"),
            PASSWORD,
            spool,
            is_ours=bool,
            domain=FETCHED,
            recipient=["Delivered-To"],
            least_free_mib=10**9,
        )
    monkeypatch.delenv("SSL_CERT_FILE")
    with pytest.raises(ssl.SSLCertVerificationError):
        fetched(servers, spool)
    assert kept(spool) == {}


def test_a_letter_is_answered_through_a_mailbox(town: Town, servers: Servers) -> None:
    """The mail server of the organisation leads all that comes for Communis into a mailbox, which To tells apart."""
    johan, elin = Inbox(servers, JOHAN), Inbox(servers, ELIN)
    town.writes("elin", "johan", "Tänk om vi tog en promenad.")
    told = johan.next()
    lay, done, held = len(servers.mails(MAILBOX)), town.lies_in("done"), town.lies_in("held")
    servers.hand_in(JOHAN, [MAILBOX], from_outlook(told, "Vi går på torsdag.", JOHAN))
    servers.send_from_outside(JOHAN, [MAILBOX], from_outlook(told, "Jag säger upp mig.", JOHAN, more=FORGED))
    servers.wait_for(lambda: len(servers.mails(MAILBOX)) == lay + 2, "both lie in the mailbox")

    said = fetch_by_command(town, servers)
    assert said["ok"] and said["taken"] == 2
    servers.wait_for(
        lambda: (town.lies_in("done"), town.lies_in("held")) == (done + 1, held + 1), "both are decided"
    )
    page = town.page("elin", link_in(text_of(elin.next())))
    assert "<p>Vi går på torsdag.</p>" in page and "säger upp" not in page


def fetch_by_command(town: Town, servers: Servers) -> dict[str, Any]:
    address = f"imaps://{MAILBOX}@localhost:{servers.folder.ports['imaps']}/INBOX"
    environment = {"COMMUNIS_IMAP": address, "COMMUNIS_IMAP_PASSWORD": PASSWORD}
    command = [sys.executable, "-m", "communis", "mail", "fetch", "--json"]
    said = subprocess.run(
        command, cwd=ROOT, env=town.installation.environment | environment, capture_output=True, text=True
    )
    answer: dict[str, Any] = json.loads(said.stdout.splitlines()[-1])
    return answer
