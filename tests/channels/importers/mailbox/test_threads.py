"""Which mail answers which, however the mailbox is ordered and whatever is missing, doubled or wrong."""

import json
import time
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from communis.channels.email.parsing.kinds import LetterKind, kind_of
from communis.channels.email.parsing.letter import Letter
from communis.channels.email.parsing.reading import read
from communis.channels.importers.mailbox.reading import Mail, mails
from communis.channels.importers.mailbox.threads import Traced, threads, traced


def _mail(name: str, *above: str, date: int | None = None, content: str = "") -> Traced:
    """``above``: what it answers, the nearest first."""
    at = int("".join(filter(str.isdigit, name)) or 0) if date is None else date
    return Traced(name, f"<{name}>", tuple(f"<{one}>" for one in above), at, (content or name).encode())


_CONVERSATION = [
    _mail("1"),
    _mail("2", "1"),
    _mail("3", "2", "1"),
    _mail("4", "1"),
    _mail("6", "gone", "3", "2", "1"),  # what it answers is not here
    _mail("7", "never", "lost"),
    _mail("8", "lost"),
    _mail("9"),
]


@given(st.permutations(_CONVERSATION))
def test_the_order_of_the_mailbox_changes_nothing(mails: list[Traced]) -> None:
    found = threads(mails)
    assert [(placed.mail.place, placed.parent, placed.thread, placed.depth) for placed in found.mails] == [
        ("1", None, 0, 1),
        ("2", "1", 0, 2),
        ("3", "2", 0, 3),
        ("6", "3", 0, 4),
        ("4", "1", 0, 2),
        ("7", None, 1, 1),
        ("8", None, 1, 1),
        ("9", None, 2, 1),
    ]
    assert [placed.mail.place for placed in found.mails if placed.over_missing] == ["6", "7", "8"]
    assert (found.missing, found.untied, found.duplicates) == (3, 0, ())


@given(st.lists(st.tuples(st.integers(0, 8), st.lists(st.integers(0, 9), max_size=3)), max_size=12))
def test_circles_are_untied_and_no_mail_is_lost(drawn: list[tuple[int, list[int]]]) -> None:
    given_mails = [
        _mail(str(name), *map(str, above), date=name, content=f"{name}{above}{number}")._replace(
            place=f"place {number}"
        )
        for number, (name, above) in enumerate(drawn)
    ]
    found = threads(given_mails)
    places = [placed.mail.place for placed in found.mails]
    assert sorted([*places, *(copy for copy, _ in found.duplicates)]) == sorted(
        mail.place for mail in given_mails
    )
    assert all(
        placed.parent is None or places.index(placed.parent) < number
        for number, placed in enumerate(found.mails)
    )
    numbers = [placed.thread for placed in found.mails]
    assert numbers == sorted(numbers)


def test_a_mail_that_came_twice_is_one_and_two_with_one_name_are_two() -> None:
    once = _mail("1")
    copy = once._replace(place="copy", message_id=None)
    with_footer = once._replace(place="from the list", fingerprint=b"other")
    another = once._replace(place="another", fingerprint=b"else", date=7)
    found = threads([once, copy, with_footer, another])
    assert found.duplicates == (("copy", "1"), ("from the list", "1"))
    assert [placed.mail.place for placed in found.mails] == ["1", "another"]


def test_a_copy_is_known_whatever_was_added_on_its_way() -> None:
    raw = b"From: a@b.example\r\nMessage-ID: <1@b>\r\n\r\nHej\r\n"
    added = b"Return-Path: <a@b.example>\nReceived: x\n y\nX-Mozilla-Status: 0001\n"
    copy = added + b"From:  a@b.example\nMessage-ID: <1@b>\n\nHej\n\n"
    first, second = (
        traced(_letter(one), place=str(number), raw=one) for number, one in enumerate((raw, copy))
    )
    assert first.fingerprint == second.fingerprint
    assert first.fingerprint != traced(_letter(raw + b"mer"), place="", raw=raw + b"mer").fingerprint


def test_a_very_long_thread_takes_no_long_time() -> None:
    chain = [_mail("0"), *(_mail(str(number), str(number - 1)) for number in range(1, 20_000))]
    began = time.process_time()
    assert threads(reversed(chain)).mails[-1].depth == 20_000
    assert threads(chain).mails[-1].depth == 20_000
    assert time.process_time() - began < 3


def _letter(raw: bytes) -> Letter:
    letter = read(raw)
    assert isinstance(letter, Letter)
    return letter


def test_real_mailing_lists_have_exactly_the_mails_and_threads_that_were_counted(shared_data: Path) -> None:
    folder = shared_data / "maillists" / "apache"
    for gold in json.loads((folder / "expected.json").read_text(encoding="utf-8")):
        found = [one for one in mails(folder / gold["file"]) if isinstance(one, Mail)]
        letters = [_letter(mail.raw) for mail in found]
        lines = [
            traced(letter, place=mail.place, raw=mail.raw)
            for letter, mail in zip(letters, found, strict=True)
        ]
        tied = threads(lines)
        linked = sum(placed.parent is not None and not placed.over_missing for placed in tied.mails)
        assert {
            "messages_in_file": len(found),
            "unique_message_ids": len({letter.message_id for letter in letters}),
            "messages_without_id": sum(letter.message_id is None for letter in letters),
            "thread_roots_by_headers": len(tied.mails) - linked,
            "messages_linked_to_parent_in_file": linked,
            "max_thread_depth": max(placed.depth for placed in tied.mails),
        }.items() <= gold.items(), gold["file"]
        assert not tied.duplicates and not tied.untied
        for letter, line, told in zip(letters, lines, gold["messages"], strict=True):
            assert letter.message_id == told["message_id"]
            assert next(iter(line.answers), None) == told["parent"]
            assert letter.subject == told["subject"]
            assert len(letter.attachments) == told["attachments"]
            assert kind_of(letter).kind is LetterKind.LIST


def test_a_real_maildir_is_read_whole(shared_data: Path) -> None:
    """53 files in nested folders, one mail in two of them."""
    found = list(mails(shared_data / "maillists" / "notmuch"))
    assert len(found) == 53
    tied = threads(
        traced(_letter(one.raw), place=one.place, raw=one.raw) for one in found if isinstance(one, Mail)
    )
    assert (len(tied.mails), len(tied.duplicates), tied.untied) == (52, 1, 0)
