"""Postfix delivers to our listener: each recipient is answered for, and what is refused for now comes again, once."""

import multiprocessing
import random
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from communis.channels.email.intake.listening import Intake, Lmtp
from communis.channels.email.intake.spool import Envelope, Spool
from tests.channels.email.listener import Listener
from tests.mail_servers.servers import TRIED_OUT, Servers
from tests.mail_servers.town import end_with_us

pytestmark = pytest.mark.mail

FROM = "elin@avinge.example"
ONE, TWO, THREE, FOUR, FIVE, SIX = (
    f"{name}@{TRIED_OUT}" for name in ("ett", "tva", "tre", "fyra", "fem", "sex")
)


@pytest.fixture
def spool(tmp_path: Path) -> Spool:
    made = Spool(tmp_path / "spool")
    made.make()
    return made


@contextmanager
def listening(servers: Servers, spool: Spool, is_ours: Callable[[str], bool] = bool) -> Iterator[None]:
    intake = Intake(spool, is_ours=is_ours, trusted=["127.0.0.0/8"], least_free_mib=1)
    listener = Listener(intake, Lmtp, servers.folder.ports["listener"])
    try:
        yield
    finally:
        listener.close()


def mail(subject: str) -> bytes:
    return f"From: {FROM}\r\nSubject: {subject}\r\n\r\nTänk om.\r\n".encode()


def kept(spool: Spool) -> Counter[tuple[str, str]]:
    """How often each mail was kept for each recipient."""
    found = [spool.read(name) for name in spool.waiting()]
    subjects = [raw.partition(b"\nSubject: ")[2].split(b"\r\n")[0].decode() for _around, raw in found]
    return Counter(zip(subjects, [envelope.recipient for envelope, _raw in found], strict=True))


def test_each_recipient_is_answered_for_and_nothing_comes_twice(
    servers: Servers, spool: Spool, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: Counter[str] = Counter()
    handed_over: Counter[str] = Counter()
    really = Spool.keep

    def full_for_two(self: Spool, envelope: Envelope, raw: bytes) -> str:
        handed_over[envelope.recipient] += 1
        if envelope.recipient == TWO and handed_over[TWO] < 3:
            raise OSError(28, "full")
        return really(self, envelope, raw)

    def trouble_with_three_and_four(address: str) -> bool:
        asked[address] += 1
        if (address == THREE and asked[THREE] in (2, 3)) or address == FOUR:
            raise RuntimeError("the database is locked")
        return True

    monkeypatch.setattr(Spool, "keep", full_for_two)
    with listening(servers, spool, trouble_with_three_and_four):
        with servers.speak("mx") as server:
            refused = server.sendmail(FROM, [ONE, TWO, THREE, FOUR], mail("till tre"))
        # Postfix asks before it takes a mail; what it is told just now it says just now.
        assert {address: code for address, (code, _words) in refused.items()} == {FOUR: 450}
        servers.wait_for(lambda: len(kept(spool)) == 3 and servers.queued() == 0, "all three have it")
    # Postfix came again for those whose answer was 451 and 452, and for nobody else.
    assert kept(spool) == Counter({("till tre", to): 1 for to in (ONE, TWO, THREE)})
    assert asked == {ONE: 2, TWO: 4, THREE: 4, FOUR: asked[FOUR]}
    assert handed_over == {ONE: 1, TWO: 3, THREE: 1}
    assert {spool.read(name)[0].trusted for name in spool.waiting()} == {True}


def test_while_nobody_listens_the_mail_waits_in_postfix(servers: Servers, spool: Spool) -> None:
    with listening(servers, spool):
        servers.send_from_outside(FROM, [FIVE], mail("innan"))
        servers.wait_for(lambda: len(kept(spool)) == 1, "Postfix knows the address")
    servers.send_from_outside(FROM, [FIVE], mail("ingen lyssnar"))
    servers.wait_for(lambda: "Connection refused" in servers.log(), "Postfix has tried")
    assert servers.queued() == 1 and len(kept(spool)) == 1
    with listening(servers, spool):
        servers.wait_for(lambda: len(kept(spool)) == 2 and servers.queued() == 0, "it has come")
    assert kept(spool) == {("innan", FIVE): 1, ("ingen lyssnar", FIVE): 1}


def test_killed_again_and_again_while_postfix_delivers(servers: Servers, spool: Spool) -> None:
    """What the killed listener had acknowledged is there, and Postfix brings the rest."""
    chance = random.Random(0)
    with listening(servers, spool):
        servers.send_from_outside(FROM, [SIX], mail("nummer 0"))
        servers.wait_for(lambda: len(kept(spool)) == 1, "Postfix knows the address")
    with servers.speak("mx") as server:
        for number in range(1, 40):
            server.sendmail(FROM, [SIX], mail(f"nummer {number}"))
    kills = 0
    while len(kept(spool)) < 40 and kills < 12:
        listener = multiprocessing.get_context("fork").Process(target=listen_on, args=(servers, spool))
        listener.start()
        servers.wait_for(lambda: servers.listens("listener"), "it listens")
        time.sleep(chance.uniform(0, 0.2))
        listener.kill()
        listener.join()
        kills += 1
    with listening(servers, spool):
        servers.wait_for(lambda: len(kept(spool)) == 40 and servers.queued() == 0, "all have come")
    # A mail of which the 250 was never heard comes a second time, which is found out later.
    assert set(kept(spool)) == {(f"nummer {number}", SIX) for number in range(40)}
    assert kept(spool).total() <= 40 + kills
    print(f"{kills} kills, {kept(spool).total() - 40} twice")


def listen_on(servers: Servers, spool: Spool) -> None:
    end_with_us()
    with listening(servers, spool):
        threading.Event().wait()
