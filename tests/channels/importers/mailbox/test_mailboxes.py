"""Mailboxes of every form give their mails one after another, the same ones each time."""

import gzip
import time
import tracemalloc
from pathlib import Path

import pytest

from communis.channels.importers.mailbox import reading
from communis.channels.importers.mailbox.reading import Mail, PassedOver, Why, mails
from tests.channels.email.parsing.nordic import ORDINARY

_SEPARATOR = b"From anna.lind@kommun.example Mon Mar  2 09:12:00 2026\n"
_RAW = [mail.raw.replace(b"\r\n", b"\n") for mail in ORDINARY]


def _mbox(raws: list[bytes]) -> bytes:
    return b"".join(_SEPARATOR + raw.replace(b"\nFrom ", b"\n>From ") + b"\n" for raw in raws)


def _read(mailbox: Path) -> dict[str, bytes | Why]:
    return {found.place: found.raw if isinstance(found, Mail) else found.why for found in mails(mailbox)}


@pytest.mark.parametrize("packed", [False, True])
def test_an_mbox_gives_back_what_was_put_in(tmp_path: Path, packed: bool) -> None:
    tricky = (
        b"From: a@b.example\n\nFrom now on:\n\nFrom 9:00 on 1 May 2026 all is open\nFrom a to b\n\n>From c\n"
    )
    content = _mbox([*_RAW, tricky])
    box = tmp_path / "archive.mbox"
    box.write_bytes(gzip.compress(content) if packed else content)
    found = list(_read(box).values())
    assert found == [*_RAW, tricky.replace(b"\n>From c", b"\nFrom c")]
    assert list(_read(box)) == [f"archive.mbox#{number}" for number in range(1, 32)]


def test_from_in_a_body_that_nobody_quoted_begins_no_mail(tmp_path: Path) -> None:
    body = b"From: a@b.example\n\nHej\n\nFrom 9:00 on 1 May 2026 all is open\nWelcome\n\nFrom Anna 2 Mar 2026 9:12\n"
    box = tmp_path / "box"
    box.write_bytes(_SEPARATOR + body + b"\n" + _SEPARATOR + _RAW[0])
    assert _read(box) == {"box#1": body, "box#2": _RAW[0]}


def test_a_quoted_from_keeps_all_but_one_of_its_signs(tmp_path: Path) -> None:
    box = tmp_path / "box"
    box.write_bytes(_SEPARATOR + b"From: a@b.example\n\n>From one\n>>From two\n> From three\n")
    assert _read(box) == {"box#1": b"From: a@b.example\n\nFrom one\n>From two\n> From three\n"}


def test_a_packed_file_that_is_cut_gives_what_stands_before_the_cut(tmp_path: Path) -> None:
    box = tmp_path / "box.gz"
    whole = gzip.compress(_mbox(_RAW * 20), mtime=0)
    box.write_bytes(whole[: len(whole) // 2])
    found = list(_read(box).values())
    assert found[-1] is Why.BROKEN
    assert len(found) > 20 and found[:-1] == (_RAW * 20)[: len(found) - 1]


def test_a_maildir_and_folders_within_are_read(tmp_path: Path) -> None:
    for place in ("cur/1:2,S", "new/2", "tmp/3", ".Skickat/cur/4:2,", ".Skickat/new/5", "2026/brev.eml"):
        file = tmp_path / place
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(_RAW[0])
    (tmp_path / "2026" / "lista.mbox").write_bytes(_mbox(_RAW[:2]))
    (tmp_path / "2026" / "bild.png").write_bytes(b"\x89PNG\r\n")
    (tmp_path / "dovecot.index.log").write_bytes(b"From: x\n\n")
    (tmp_path / "secret").symlink_to("/etc/passwd")
    assert _read(tmp_path) == {
        ".Skickat/cur/4:2,": _RAW[0],
        ".Skickat/new/5": _RAW[0],
        "2026/bild.png": Why.NO_MAIL,
        "2026/brev.eml": _RAW[0],
        "2026/lista.mbox#1": _RAW[0],
        "2026/lista.mbox#2": _RAW[1],
        "cur/1:2,S": _RAW[0],
        "new/2": _RAW[0],
    }


def test_what_is_too_large_is_passed_over_and_the_rest_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "LARGEST", 5000)
    large = b"From: a@b.example\n\n" + b"x\n" * 4000
    (tmp_path / "a.eml").write_bytes(large)
    (tmp_path / "b.mbox").write_bytes(_mbox([large, _RAW[0]]))
    assert _read(tmp_path) == {
        "a.eml": Why.TOO_LARGE,
        "b.mbox#1": Why.TOO_LARGE,
        "b.mbox#2": _RAW[0],
    }
    (tmp_path / "b.mbox").write_bytes(_mbox([large * 500]))
    tracemalloc.start()
    assert _read(tmp_path)["b.mbox#1"] is Why.TOO_LARGE
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 300_000


def test_what_is_not_there_is_an_error_and_what_cannot_be_opened_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        list(mails(tmp_path / "none"))
    (tmp_path / "empty").write_bytes(b"")
    assert list(mails(tmp_path)) == [PassedOver("empty", Why.NO_MAIL)]


def test_memory_does_not_grow_with_the_mailbox(tmp_path: Path) -> None:
    box = tmp_path / "large.mbox"
    with box.open("wb") as file:
        for _ in range(100):
            file.write(_mbox(_RAW))
    assert box.stat().st_size > 1_500_000
    tracemalloc.start()
    count = sum(isinstance(found, Mail) for found in mails(box))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 3000
    assert peak < 300_000


def test_no_line_takes_long(tmp_path: Path) -> None:
    box = tmp_path / "box"
    box.write_bytes(_SEPARATOR + b"From: a@b.example\n\nFrom x" + b" 1:11" * 400_000 + b"\n")
    began = time.process_time()
    assert list(_read(box)) == ["box#1"]
    assert time.process_time() - began < 1
