"""What was acknowledged outlives a cut of the power (K3), and a full disk (K4)."""

import contextlib
import os
import random
import shutil
import smtplib
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.kills.installation import ROOT, Browser, Installation, Server
from tests.kills.made_mail import answer

pytestmark = pytest.mark.kills

MAIL = {"COMMUNIS_MAIL_DOMAIN": "svar.avinge.example", "COMMUNIS_MAIL_AUTHENTICATED_BY": "mx.avinge.example"}


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of its own, in a file."""
    if os.geteuid() != 0 or shutil.which("mkfs.ext4") is None:
        pytest.skip("THE POWER CUT IS NOT TRIED: it needs root and mkfs.ext4")
    image, folder = tmp_path / "image", tmp_path / "disk"
    folder.mkdir()
    with image.open("wb") as file:
        file.truncate(256 * 2**20)
    subprocess.run(["mkfs.ext4", "-q", "-F", image], check=True)
    found = subprocess.run(["losetup", "--find", "--show", image], capture_output=True, text=True)
    if found.returncode != 0:
        pytest.skip(f"THE POWER CUT IS NOT TRIED: it needs a loop device ({found.stderr.strip()})")
    device = found.stdout.strip()
    try:
        subprocess.run(["mount", device, folder], check=True)
        yield folder
    finally:
        subprocess.run(["umount", folder], check=False)
        subprocess.run(["losetup", "--detach", device], check=False)


@pytest.mark.parametrize("cuts", [10, pytest.param(200, marks=pytest.mark.nightly)])
def test_nothing_acknowledged_is_lost_when_the_power_is_cut(disk: Path, cuts: int) -> None:
    """And with less care (*NORMAL*) something is, or the cut would show nothing."""
    if "DATABASE_URL" in os.environ:
        pytest.skip("where PostgreSQL keeps its files is not ours")
    installation = Installation(disk / "data", **MAIL)
    seed = random.randrange(10**6)
    careful = installation.ask("cut", str(seed), str(cuts), str(disk), "FULL", module="power")
    careless = installation.ask("cut", str(seed), "20", str(disk), "NORMAL", module="power")
    print(f"seed {seed}: {careful}; NORMAL: {careless}")
    assert careful["lost"] == {"kept": 0, "written": 0, "decided": 0} and careful["whole"]
    assert all(number >= cuts / 2 for number in careful["acknowledged"].values())
    assert careless["lost"]["written"] > 0 and careless["lost"]["kept"] == 0


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """64 MiB in memory."""
    if os.geteuid() != 0:
        pytest.skip("THE FULL DISK IS NOT TRIED: it needs root")
    folder = tmp_path / "disk"
    folder.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", folder], check=True)
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", folder], check=False)


@pytest.mark.parametrize("rounds", [8, pytest.param(100, marks=pytest.mark.nightly)])
def test_a_full_disk_refuses_for_now_and_loses_nothing(small_disk: Path, rounds: int) -> None:
    """Mail that is told to come again comes again; a form that cannot be kept is answered with its words.

    Pages are read meanwhile, and nothing is started anew.
    """
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    taken = MAIL | {"COMMUNIS_LMTP": f"127.0.0.1:{port}", "COMMUNIS_LEAST_FREE_MIB": "1"}
    installation = Installation(small_disk / "data", **taken)
    address = installation.ask("answered_at", module="mails")
    chance = random.Random(random.randrange(10**6))
    server = Server(installation)
    server.start()
    programs = [begin(installation, "mail", "listen"), begin(installation, "worker")]
    answered: Counter[int] = Counter()
    written: Counter[bool] = Counter()
    acknowledged: set[int] = set()
    number = 0
    try:
        wait_for(port)
        browser = Browser(installation, installation.made["sessions"][0])
        answers = f"/lines/{installation.made['line']}/answers"
        # All of it stays on the disk.
        largest, longest = min(900_000, 6_000_000 // rounds), min(7_000, 56_000 // rounds)
        for turn in range(rounds):
            form = browser.form(server, answers)
            # Every other time no byte, for a page's words need little room; else room for some of the mails.
            filler = small_disk / "filler"
            fill(filler, leave=chance.randrange(3 * 2**20, 6 * 2**20) if turn % 2 else 0)
            for _mail in range(4):
                number += 1
                code = brought(port, address, padded(number, chance.randrange(largest)))
                answered[code] += 1
                acknowledged |= {number} if code == 250 else set()
            # So long that it has no room where a mail had none.
            text = f"Svar {turn}. " + "Ord för ord. " * chance.randrange(longest)
            written[browser.post_if_there_is_room(server, form, text.strip(), "same")] += 1
            assert server.answers()
            filler.unlink()
            # The same form once more, as its writer would send it: said, if it was or not.
            assert browser.post(server, form, text.strip(), "same")
            number += 1
            acknowledged.add(number)
            until = time.monotonic() + 60
            while brought(port, address, padded(number, 10)) != 250:
                assert time.monotonic() < until, "it takes no mail though there is room"
                time.sleep(0.2)
        until = time.monotonic() + 60
        while os.listdir(small_disk / "data" / "spool" / "in"):
            assert time.monotonic() < until, "what was accepted waits though there is room"
            time.sleep(0.2)
    finally:
        for program in programs:
            program.kill()
            program.wait()
        server.kill()
    said = installation.ask("said", str(number), module="mails")
    print(answered, written, said["outcomes"])
    assert answered.keys() <= {250, 451, 452} and answered[452] >= rounds / 2 and answered[250] >= rounds / 2
    # Said, or held for her because it was one of many within the hour.
    assert said["outcomes"].keys() <= {"PUBLISHED NONE", "HELD MANY", "DUPLICATE NONE"}
    became = said["outcomes"]["PUBLISHED NONE"] + said["outcomes"].get("HELD MANY", 0)
    assert became == len(acknowledged) and all(times <= 1 for times in said["times"].values())
    assert said["integrity"] == "ok" and said["differences"] == []


def fill(filler: Path, *, leave: int) -> None:
    """``leave``: so many bytes of the disk stay free."""
    left = shutil.disk_usage(filler.parent).free - leave
    with contextlib.suppress(OSError), filler.open("wb", buffering=0) as file:
        while left > 0 or leave == 0:
            left -= file.write(bytes(4096))


def begin(installation: Installation, *words: str) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-m", "communis", *words]
    return subprocess.Popen(
        command, cwd=ROOT, env=installation.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


def wait_for(port: int) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.1)
    raise AssertionError("it does not listen")


def brought(port: int, address: str, raw: bytes) -> int:
    """What the mail was answered with."""
    try:
        with smtplib.LMTP("127.0.0.1", port) as server:
            server.sendmail("karin@avinge.example", [address], raw)
    except smtplib.SMTPRecipientsRefused as refused:
        return refused.recipients[address][0]
    except smtplib.SMTPResponseException as refused:
        return refused.smtp_code
    return 250


def padded(number: int, size: int) -> bytes:
    """The answer with an HTML part of so many bytes that says the same."""
    head, _blank, words = answer(number).partition(b"\r\n\r\n")
    line = b"<!-- %s -->\r\n" % (b"x" * 90)
    html = b"<p>%s</p>\r\n%s" % (words.strip(), line * (size // len(line)))
    return b"\r\n".join(
        [
            head,
            b'MIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary="part"\r\n',
            b"--part\r\nContent-Type: text/plain\r\n\r\n" + words,
            b"--part\r\nContent-Type: text/html\r\n\r\n" + html,
            b"--part--\r\n",
        ]
    )
