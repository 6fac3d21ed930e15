"""Receipts: codes that can be read out, typed and found again, and that tell nothing else."""

import re
from collections import Counter
from collections.abc import Iterator

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from communis.openness.receipt_codes import (
    ALPHABET,
    BITS,
    NotAReceipt,
    lookup_hash,
    new_code,
    nonce_for,
    parse,
    written,
)


@pytest.fixture(autouse=True, scope="module")
def in_english() -> Iterator[None]:
    with override("en"):
        yield


CODES = st.integers(0, 2**BITS - 1).map(lambda number: number.to_bytes(17, "big"))


@given(CODES)
def test_what_is_written_is_read_back(code: bytes) -> None:
    assert parse(written(code)) == code


def test_a_new_code_has_seven_groups_of_four() -> None:
    made = {new_code() for _ in range(500)}
    assert len(made) == 500
    for code in made:
        assert re.fullmatch(rf"([{ALPHABET}]{{4}}-){{6}}[{ALPHABET}]{{4}}", code)
        assert written(parse(code)) == code


def test_every_sign_of_a_new_code_is_as_likely_as_any_other() -> None:
    """130 bits: each of the first 26 signs takes all 32 values. A code of fewer bits would leave some out."""
    made = [new_code().replace("-", "") for _ in range(1500)]
    for place in range(26):
        seen = Counter(code[place] for code in made)
        assert len(seen) == 32 and max(seen.values()) < 100, (place, seen)


def test_case_spaces_and_signs_that_look_alike_are_forgiven() -> None:
    code = "0123-1110-ABCD-EFGH-JKMN-PQRS-"
    number = 0
    for sign in code.replace("-", "") + "TV":
        number = number * 32 + ALPHABET.index(sign)
    right = written(number.to_bytes(17, "big"))
    assert right.startswith(code + "TV")
    as_typed = [
        right.lower(),
        right.replace("-", ""),
        right.replace("-", " – "),
        f"  {right}\n",
        right.replace("0", "O").replace("1", "l"),
        right.replace("0", "o").replace("1", "I"),
    ]
    assert {parse(typed) for typed in as_typed} == {parse(right)}


@given(CODES, st.integers(0, 27), st.sampled_from(ALPHABET))
def test_one_wrong_sign_is_found(code: bytes, place: int, sign: str) -> None:
    signs = written(code).replace("-", "")
    wrong = signs[:place] + sign + signs[place + 1 :]
    if wrong == signs:
        return
    with pytest.raises(NotAReceipt, match="letter or digit is wrong"):
        parse(wrong)


@given(CODES, st.integers(0, 24))
def test_two_neighbours_that_changed_places_are_found(code: bytes, place: int) -> None:
    signs = written(code).replace("-", "")
    swapped = signs[:place] + signs[place + 1] + signs[place] + signs[place + 2 :]
    if swapped == signs:
        return
    with pytest.raises(NotAReceipt, match="changed places"):
        parse(swapped)


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("", "You wrote 0"),
        ("7K3M-9QWE", "You wrote 8"),
        (written(bytes(17)) + "0", "You wrote 29"),
        (written(bytes(17)).replace("0", "U", 1), "no “U”"),
        ("ä" * 28, "no “ä”"),
        ("ß" * 14, "no “ß”"),
        ("0" * 100_000, "You wrote 200"),
        ("\x00\n\u00a0" * 28, "You wrote 0"),
    ],
)
def test_what_is_no_receipt_is_refused_with_what_to_do(typed: str, says: str) -> None:
    with pytest.raises(NotAReceipt, match=re.escape(says)):
        parse(typed)


@given(st.text(max_size=60))
def test_anything_typed_is_a_receipt_or_refused_and_nothing_else(typed: str) -> None:
    try:
        assert len(parse(typed)) == 17
    except NotAReceipt as refusal:
        assert str(refusal)


def test_what_is_kept_is_one_and_the_same_for_ever() -> None:
    """A receipt on paper must open its words after any later version: these bytes may never change."""
    assert written(bytes(17)) == "0000-0000-0000-0000-0000-0000-0000"
    assert written((2**BITS - 1).to_bytes(17, "big")) == "ZZZZ-ZZZZ-ZZZZ-ZZZZ-ZZZZ-ZZZZ-ZZGX"
    assert lookup_hash(bytes(17)).hex() == "e79c9da2e39c866ccac6362a101cadb1e2968f7328275a61d1c3e4ada12083f8"
    assert (
        nonce_for(bytes(17), "item").hex()
        == "02e1e6815124471626ca89180be3072d6036b06d64a5ca22da1c2fc310f3fa2a"
    )


def test_the_nonces_of_two_items_and_of_two_receipts_differ() -> None:
    one, other = parse(new_code()), parse(new_code())
    nonces = {nonce_for(code, item) for code in (one, other) for item in ("a", "b")}
    assert len(nonces) == 4
    assert not nonces & {lookup_hash(one), lookup_hash(other)}
