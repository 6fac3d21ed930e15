import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import luhn

from communis.openness.rungs import Rung
from communis.widening.check import check
from communis.widening.findings import Finding, Kind, stopped

from .measured_set import NUMBERS_OF_PERSONS, labelled

# The Swedish Tax Agency's published test numbers that the measured set holds, as twelve digits where it gives them.
TEST_NUMBERS = sorted(
    {
        digits
        for language in ("sv", "en")
        for one in labelled(language)
        for start, end, kind in one.places
        if kind == Kind.PERSONAL_NUMBER and len(digits := re.sub(r"\D", "", one.text[start:end])) == 12
    }
)
WRITTEN = [
    "{0}{1}{2}{3}-{4}",
    "{0}{1}{2}{3}{4}",
    "{0}{1}{2}{3} {4}",
    "{0}{1}-{2}-{3}-{4}",
    "{0}{1}-{2}-{3} {4}",
    "{0}{1} {2} {3} {4}",
    "{0}{1}.{2}.{3}-{4}",
    "{1}{2}{3}-{4}",
    "{1}{2}{3}+{4}",
    "{1}{2}{3}{4}",
    "{1}{2}{3} {4}",
    "{1}{2}{3} - {4}",
    "{1}{2}{3}–{4}",
    "{1}{2}{3}\u2011{4}",
    "{1}{2}{3}\u00a0{4}",
    "{1}{2}{3}-\u200b{4}",
    "{1}\u00ad{2}{3}-{4}",
    "{1}-{2}-{3}-{4}",
    "{1}{2}{3}\n{4}",
]
# What may stand right before and after, so that no letter or digit touches the number.
AROUND = st.text(st.sampled_from("abc åäö,.;:!?()\"'«»\n\t/=<>|*#_-1"), max_size=12)


def split(digits: str) -> tuple[str, str, str, str, str]:
    return digits[:2], digits[2:4], digits[4:6], digits[6:8], digits[8:]


def coordination(digits: str) -> str:
    """The coordination number of that day and that number, as the Tax Agency makes them."""
    ten = digits[2:6] + str(int(digits[6:8]) + 60) + digits[8:11]
    return digits[:2] + ten + str(luhn.calc_check_digit(ten))


def of_persons(text: str, rung: Rung = Rung.PUBLIC) -> list[Finding]:
    return [finding for finding in check(text, rung=rung) if finding.kind in NUMBERS_OF_PERSONS]


def test_there_are_test_numbers() -> None:
    assert len(TEST_NUMBERS) >= 15


@pytest.mark.parametrize("written", WRITTEN)
@pytest.mark.parametrize("digits", TEST_NUMBERS[::2])
def test_every_way_of_writing_is_found_at_its_place(digits: str, written: str) -> None:
    for number, kind in (
        (digits, Kind.PERSONAL_NUMBER),
        (coordination(digits), Kind.COORDINATION_NUMBER),
    ):
        said = written.format(*split(number))
        text = f"Hon heter Åsa, numret är {said} och hon väntar."
        (found,) = of_persons(text)
        assert (found.kind, text[found.start : found.end]) == (kind, said)
        assert found.stops


@given(st.sampled_from(TEST_NUMBERS), st.sampled_from(WRITTEN[:4] + WRITTEN[7:12]), AROUND, AROUND)
def test_found_whatever_stands_around(digits: str, written: str, before: str, after: str) -> None:
    text = f"{before} {written.format(*split(digits))} {after}"
    assert of_persons(text)


@given(st.sampled_from(TEST_NUMBERS), st.integers(1, 9))
def test_a_wrong_last_digit_is_no_number_unless_the_words_say_so(digits: str, step: int) -> None:
    wrong = digits[:11] + str((int(digits[11]) + step) % 10)
    said = f"{wrong[2:8]}-{wrong[8:]}"
    assert not of_persons(f"Ärende {said} är stängt.")
    assert of_persons(f"Hennes personnummer är {said}, stämmer det?")
    assert of_persons(f"Personal identity number: {said}")


@pytest.mark.parametrize(
    "text",
    [
        "OCR 2111242380",
        "Ordernummer: 1601092388",
        "IMG_202511251012.jpg",
        "Nås på 0701740607 hela veckan.",
        "0701740607",
        "a8705212382b",
        "2025-11-25 – 2026-01-31",
        "212000-1234",
        "1990-13-02-2397",
        "900602-0001",
        "12 345 678 kronor",
        "19900602-23971",
    ],
)
def test_other_numbers_do_not_alarm(text: str) -> None:
    assert not of_persons(text)


def test_that_of_a_one_person_firm_is_a_personal_number() -> None:
    assert of_persons("Momsregistreringsnummer SE931216239001")
    assert of_persons("Org.nr 931216-2390")


@pytest.mark.parametrize(
    ("rung", "found", "stops"),
    [
        (Rung.DIRECT, False, False),
        (Rung.CIRCLE, False, False),
        (Rung.ORGANISATION, True, False),
        (Rung.PUBLIC, True, True),
    ],
)
def test_it_stops_a_public_opening_and_nothing_else(rung: Rung, found: bool, stops: bool) -> None:
    findings = check("Numret är 900602-2397.", rung=rung)
    assert bool([one for one in findings if one.kind == Kind.PERSONAL_NUMBER]) == found
    assert stopped(findings) == stops
