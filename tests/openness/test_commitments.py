"""Credit behind the scenes (CRED-1): who wrote it shows it and is believed; nobody else, and nobody reads it before."""

import hashlib
import random
import secrets
from collections.abc import Iterator
from itertools import product

import pytest

from communis.openness import commitments
from communis.openness.commitments import (
    agrees,
    author_part,
    commitment,
    opened_author,
    sealed_author,
    shown_nonce,
)
from communis.openness.receipt_codes import lookup_hash, new_code, parse

WORDS = "I schemat tar det noll minuter att cykla mellan Brogatan och Åvägen."
FORGED = 100_000


def staff(size: int = 40) -> list[str]:
    """Public ids."""
    return [secrets.token_hex(16) for _ in range(size)]


def kept_of(code: bytes, person: str) -> bytes:
    return commitment(author_part(code, person), WORDS)


def guessed(kept: bytes, receipt: bytes, persons: list[str]) -> list[str]:
    """Whom a reader of all that is kept finds, by trying everyone with every nonce that can be made of it."""
    known = [b"", bytes(32), receipt, kept, lookup_hash(receipt), hashlib.sha256(WORDS.encode()).digest()]
    nonces = known + [hashlib.sha256(one).digest() for one in known]
    return [
        person
        for person, nonce in product(persons, nonces)
        if agrees(kept, text=WORDS, person=person, nonce=nonce)
    ]


def test_the_author_is_believed_and_no_one_else_is_with_the_same_receipt() -> None:
    persons, code = staff(), parse(new_code())
    kept, nonce = kept_of(code, persons[7]), shown_nonce(code)
    believed = [person for person in persons if agrees(kept, text=WORDS, person=person, nonce=nonce)]
    assert believed == [persons[7]]


def forgeries(count: int) -> Iterator[tuple[bytes, str, str, bytes]]:
    """What someone without the receipt, or for other words or as another person, would try."""
    persons, code = staff(), parse(new_code())
    author, nonce = persons[0], shown_nonce(code)
    kept = kept_of(code, author)
    other_nonces = [shown_nonce(parse(new_code())) for _ in range(50)]
    for number in range(count):
        match number % 4:
            case 0:  # Guessed nonces.
                yield kept, WORDS, random.choice(persons), random.randbytes(32)
            case 1:  # Somebody else with the right receipt.
                yield kept, WORDS, persons[1 + number % 39], nonce
            case 2:  # The right one for other words.
                yield kept, f"{WORDS}{number}", author, nonce
            case _:  # Another receipt of one's own.
                yield kept, WORDS, random.choice(persons), random.choice(other_nonces)


def believed(count: int) -> int:
    return sum(
        agrees(kept, text=text, person=person, nonce=nonce) for kept, text, person, nonce in forgeries(count)
    )


def test_a_hundred_thousand_forged_claims_fail() -> None:
    assert believed(FORGED) == 0


@pytest.mark.nightly
def test_a_million_forged_claims_fail() -> None:
    assert believed(10 * FORGED) == 0


def test_who_reads_all_that_is_kept_with_the_staff_list_finds_nobody() -> None:
    persons, code = staff(500), parse(new_code())
    assert guessed(kept_of(code, persons[123]), lookup_hash(code), persons) == []


def test_a_commitment_without_a_nonce_is_found_by_trying_the_staff_list(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The mutant that CRED-1 must kill: were the nonce not drawn from the receipt, the test above would fail."""
    monkeypatch.setattr(commitments, "nonce_for", lambda code, item: bytes(32))
    persons, code = staff(500), parse(new_code())
    assert guessed(kept_of(code, persons[123]), lookup_hash(code), persons) == [persons[123]]


def test_what_the_key_carries_of_a_person_is_another_number_in_every_key() -> None:
    person = secrets.token_hex(16)
    keys = [secrets.token_hex(16) for _ in range(200)]
    sealed = {sealed_author(person, key) for key in keys}
    assert len(sealed) == 200 and person not in sealed
    assert {opened_author(sealed_author(person, key), key) for key in keys} == {person}


def test_what_the_key_carries_opens_only_on_this_server(settings) -> None:
    person, key = secrets.token_hex(16), secrets.token_hex(16)
    sealed = sealed_author(person, key)
    settings.SECRET_KEY = "another " * 10
    assert opened_author(sealed, key) != person


def test_a_claim_holds_for_ever() -> None:
    """What was kept before must be believed after any later version: these bytes may never change."""
    assert commitment(author_part(bytes(17), "00" * 16), "Ord.").hex() == (
        "34c668b4e00d59d6c2376896c4e5e2f40eb90fd21fcc8bd0bf6ff6af800bbf24"
    )
