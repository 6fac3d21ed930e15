import unicodedata

import pytest

from communis.openness.rungs import Rung
from communis.widening.check import check
from communis.widening.findings import Kind
from communis.widening.known_names import names_that_could_stand
from tests.widening.measured_set import FOLDER, labelled

NAMES = [
    "Björn Ek",
    "Vera Sten",
    "Gun Lind",
    "Siv Berg",
    "Pia Strand",
    "My Holm",
    "Lo Åkerlind",
    "Per-Olof Lindahl",
    "Karin Sundvall",
    "Hans Modig",
    "Nadja Petrović",
    "Ingrid Lund-Berg",
    "Fatima al-Hassan",
    "Måns af Ekenstam",
    "Sean O'Brien",
    "Klara Lund",
]


def named(text: str, names: list[str] = NAMES) -> list[str]:
    findings = check(text, rung=Rung.ORGANISATION, names=names)
    return [text[one.start : one.end] for one in findings if one.kind == Kind.NAME]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Fråga Karin Sundvall.", ["Karin Sundvall"]),
        ("Fråga Karin.", ["Karin"]),
        ("Enligt Sundvall går det.", ["Sundvall"]),
        ("Karins idé, Sundvalls pengar.", ["Karin", "Sundvall"]),
        ("Karin Sundvalls idé", ["Karin Sundvall"]),
        ("Karin’s idea", ["Karin"]),
        ("karin sundvall skrev", ["karin sundvall"]),
        ("KARIN SUNDVALL", ["KARIN SUNDVALL"]),
        ("Sundvall, Karin", ["Sundvall, Karin"]),
        ("K. Sundvall och P-O Lindahl", ["K. Sundvall", "P-O Lindahl"]),
        ("Karin A. Sundvall", ["Karin A. Sundvall"]),
        ("Karin Maria Sundvall", ["Karin Maria Sundvall"]),
        ("Per Olof Lindahl och Per-Olof", ["Per Olof Lindahl", "Per-Olof"]),
        ("Per‑Olof Lindahl", ["Per‑Olof Lindahl"]),
        ("Ingrid Berg, ingen annan", ["Ingrid Berg"]),
        ("Nadja Petrovic", ["Nadja Petrovic"]),
        ("Det sa Fatima al-Hassan till Måns af Ekenstam.", ["Fatima al-Hassan", "Måns af Ekenstam"]),
        ("O'Brien's list", ["O'Brien"]),
        ("Karin\u00adSundvall är ett ord. Kar\u00adin är ett namn.", ["Kar\u00adin"]),
        ("Jag bad Björn och My.", ["Björn", "My"]),
        ("Björn sa att det går.", ["Björn"]),
        ("Björn och Karin sa nej.", ["Björn", "Karin"]),
        ("Björn, kan du komma?", ["Björn"]),
        ("Det var Ek. Ek är kvar.", ["Ek", "Ek"]),
        ("Hälsningar\nBjörn", ["Björn"]),
        ("Vi ses /Siv", ["Siv"]),
    ],
)
def test_found(text: str, found: list[str]) -> None:
    assert named(text) == found


def test_found_also_when_letters_are_taken_apart() -> None:
    text = unicodedata.normalize("NFD", "Jag bad Björn Ek om det, och Petrović.")
    assert [unicodedata.normalize("NFC", one) for one in named(text)] == ["Björn Ek", "Petrović"]


@pytest.mark.parametrize(
    "text",
    [
        "Björn är ett fridlyst djur.",
        "En björn, en ek och en sten.",
        "Ek är hårt. Sten är hårdare.",
        "Hans förslag är bra. Hans kollega också.",
        "Per år kostar det mycket.",
        "My manager says yes.",
        "Avdelning Björn har plats.",
        "Systemet Vera ligger nere.",
        "Vi åkte till Lund.",
        "Karin Boye skrev det.",
        "Vi läste Karin Boye i går.",
        "Det sa Jens Sundvall i radio.",
        "A. Sundvall är någon annan.",
        "Karinskolan och Lindahlska huset.",
        "karin är också ett ord för den som inte ser på stora bokstäver",
        "Mark- och miljödomstolen",
        "Lodjuret syntes i parken.",
    ],
)
def test_words_and_others_do_not_alarm(text: str) -> None:
    assert named(text) == []


def test_without_names_nothing_is_a_name() -> None:
    assert named("Karin Sundvall och Björn Ek", []) == []


def test_odd_names_do_no_harm() -> None:
    assert named("Fråga Madonna.", ["", " ", "-", "Madonna", "'", "af", "A-"]) == ["Madonna"]


def test_names_left_out_because_no_part_stands_there_change_nothing() -> None:
    names = (FOLDER / "directory.txt").read_text().splitlines() + NAMES
    for text in [one.text for language in ("sv", "en") for one in labelled(language)]:
        few = names_that_could_stand(names, [text])
        assert len(few) < len(names) / 2 or len(text) > 1000
        assert named(text, few) == named(text, names)
    for text in ("PER-OLOFS bil", "Sean O’Brien’s", "Nadja Petrovics", "Lund-Bergs", "al-Hassan"):
        assert named(text, names_that_could_stand(names, [text])) == named(text, names)
