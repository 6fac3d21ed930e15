import logging
import pickle
import time

import pytest
from django.test import override_settings
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from communis.openness.rungs import Rung
from communis.widening.check import LONGEST, check
from communis.widening.findings import Finding, Kind, stopped
from communis.widening.masking import masked

from .measured_set import directory, labelled

SECRET = (
    "Karin Sundvall, 900602-2397, 900662-2394, org.nr 452730-2154, bg 8787-4582, tel 070-174 06 33, "
    "karin@avinge.example. Eleven har fått en diagnos. Jag har byggt en prototyp. Chefen tar mutor. "
    "Ingen av oss vågade säga något förrän mötet var slut."
)
NARROW = "Jag vet inte, men ingen av oss vågade säga något förrän mötet var slut, tyvärr."


def everything() -> list[Finding]:
    return check(
        SECRET,
        rung=Rung.PUBLIC,
        names=["Karin Sundvall"],
        narrower=[NARROW],
        written_in=["vård- och omsorgsnämnden"],
    )


def kinds(text: str, rung: Rung = Rung.PUBLIC, **given: object) -> set[Kind]:
    return {finding.kind for finding in check(text, rung=rung, **given)}  # type: ignore[arg-type]


def test_each_kind_is_found_once_in_order() -> None:
    assert [finding.kind for finding in everything()] == [
        Kind.OUTSIDE,
        Kind.NAME,
        Kind.PERSONAL_NUMBER,
        Kind.COORDINATION_NUMBER,
        Kind.ORGANISATION_NUMBER,
        Kind.ACCOUNT,
        Kind.TELEPHONE,
        Kind.EMAIL,
        Kind.CASE,
        Kind.INVENTION,
        Kind.WRONGDOING,
        Kind.QUOTED,
    ]


def test_a_finding_holds_no_word_of_the_text_and_nothing_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        findings = everything()
    kept = repr(findings) + str(pickle.dumps(findings)) + "".join(one.explanation for one in findings)
    for words in ("Sundvall", "900602", "900662", "452730", "8787", "avinge", "prototyp", "vågade"):
        assert words not in kept
    assert caplog.records == []


def test_the_same_text_gives_the_same_answer() -> None:
    assert everything() == everything()


@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_kind_is_explained_in_both_languages(language: str) -> None:
    with override(language):
        said = {kind: Finding(0, 1, kind, Rung.PUBLIC).explanation for kind in Kind}
        masks = {kind: Finding(0, 1, kind, Rung.PUBLIC).mask for kind in Kind}
    assert len(set(said.values())) == len(Kind)
    together = " ".join(said.values()).casefold()
    assert not [word for word in ("samtycke", "anonym", "consent") if word in together]
    for kind in (Kind.CASE, Kind.INVENTION, Kind.WRONGDOING, Kind.OUTSIDE, Kind.OTHER_AUTHORITY):
        assert masks[kind] == ""
    expected = {"sv": ("[personnummer]", "en kollega"), "en": ("[personal number]", "a colleague")}
    assert (masks[Kind.PERSONAL_NUMBER], masks[Kind.NAME]) == expected[language]


def test_a_letter_may_name_a_colleague() -> None:
    for rung in (Rung.DIRECT, Rung.CIRCLE):
        assert kinds("Karin Sundvall, 900602-2397.", rung, names=["Karin Sundvall"]) == set()


def test_an_invention_is_asked_about_only_on_the_way_outside() -> None:
    text = "Jag har byggt en prototyp."
    assert Kind.INVENTION in kinds(text, Rung.PUBLIC)
    assert Kind.INVENTION not in kinds(text, Rung.ORGANISATION)


@override_settings(REPORTING_CHANNEL="https://avinge.example/slå-larm")
def test_wrongdoing_is_shown_its_channel_at_every_rung() -> None:
    for rung in Rung:
        (found,) = [one for one in check("Chefen tar mutor.", rung=rung) if one.kind == Kind.WRONGDOING]
        assert "https://avinge.example/slå-larm" in found.explanation
        assert not found.stops


def test_without_an_address_the_kind_of_channel_is_said() -> None:
    with override("sv"):
        (found,) = check("Chefen tar mutor.", rung=Rung.CIRCLE)
        assert "visselblåsarfunktion" in found.explanation
        assert "http" not in found.explanation


@pytest.mark.parametrize(
    "text", ["Chefen hade fel om kopiatorn.", "Jag pratade med tidningen om belysningen."]
)
def test_an_opinion_is_no_report(text: str) -> None:
    assert Kind.WRONGDOING not in kinds(text)


def test_crossing_to_another_authority() -> None:
    care, building = "Vård- och omsorgsnämnden", "byggnadsnämnden"
    assert kinds("Hej", Rung.CIRCLE, written_in=[care], read_in=[care.lower(), building]) == {
        Kind.OTHER_AUTHORITY
    }
    assert kinds("Hej", Rung.CIRCLE, written_in=[care], read_in=[" vård-  och omsorgsnämnden"]) == set()
    assert kinds("Hej", Rung.ORGANISATION, written_in=[care]) == set()
    assert kinds("Hej", Rung.CIRCLE, written_in=[""], read_in=[building]) == set()
    assert kinds("Hej", Rung.PUBLIC) == {Kind.OUTSIDE}


def test_narrow_words_are_found_whatever_stands_between_them() -> None:
    text = "Hon skrev: ”Ingen av oss vågade\nsäga NÅGOT, förrän mötet var slut.” Så var det."
    (found,) = check(text, rung=Rung.CIRCLE, narrower=[NARROW])
    assert (found.kind, text[found.start : found.end]) == (
        Kind.QUOTED,
        "Ingen av oss vågade\nsäga NÅGOT, förrän mötet var slut",
    )
    assert check("Ingen av oss vågade säga något mer.", rung=Rung.CIRCLE, narrower=[NARROW]) == []


def test_two_quotations_are_two_places() -> None:
    first, second = "ett två tre fyra fem sex sju åtta", "nio tio elva tolv tretton fjorton femton"
    text = f"Först {first} och sedan {second} igen."
    found = check(text, rung=Rung.CIRCLE, narrower=[first, second])
    assert [text[one.start : one.end] for one in found] == [first, second]


def test_only_the_languages_asked_for() -> None:
    assert kinds("Chefen tar mutor.", Rung.CIRCLE, languages=["en"]) == set()
    assert kinds("He takes bribes.", Rung.CIRCLE, languages=["en"]) == {Kind.WRONGDOING}


def test_masked_words_are_gone_and_the_rest_stands() -> None:
    text = "Karin sa att 900602-2397 väntar. Ring Karins syster, 070-174 06 33."
    findings = check(text, rung=Rung.PUBLIC, names=["Karin Sundvall"])
    assert (
        masked(text, findings, language="sv")
        == "En kollega sa att [personnummer] väntar. Ring en kollegas syster, [telefonnummer]."
    )
    assert masked(text, [], language="sv") == text
    chosen = [one for one in findings if one.kind == Kind.PERSONAL_NUMBER]
    assert masked(text, chosen, language="en") == text.replace("900602-2397", "[personal number]")


def test_what_is_masked_no_longer_stops() -> None:
    for language in ("sv", "en"):
        for one in labelled(language):
            findings = check(one.text, rung=Rung.PUBLIC, names=directory())
            assert not stopped(check(masked(one.text, findings), rung=Rung.PUBLIC))


@given(st.text(st.sampled_from("019-+ .\n@aKåEk:/()\u200b’SE"), max_size=80))
def test_places_lie_inside_any_text_and_masking_never_fails(text: str) -> None:
    findings = check(text, rung=Rung.PUBLIC, names=["Ka Ek", "K-E Å"])
    assert all(0 <= one.start < one.end <= len(text) for one in findings if not one.whole)
    masked(text, findings)


def test_a_text_without_end_is_refused() -> None:
    with pytest.raises(ValueError, match="at most"):
        check("a" * (LONGEST + 1), rung=Rung.PUBLIC)


HOSTILE = [
    *(
        "1",
        "90",
        "1 ",
        "1-",
        "0 1 ",
        "+1 ",
        "-",
        "a",
        "A",
        "A ",
        "A-",
        "a'",
        "@",
        "a@",
        ".",
        "\n",
        "\u200b",
        "1\u200b",
    ),
    *(
        "e\u0301",
        "K. ",
        "Ek. ",
        "Karin ",
        "Karin Sundvall ",
        "Björn och ",
        "Björn\n",
        "900602-2397 ",
        "en a ",
        "en ",
    ),
    *(
        "070-174 06 33 ",
        "SE45 5000 0000 0583 9825 7466 ",
        "AA00 AAAA ",
        "konto 1 1 1 1 1 1 1 1 ",
        "bg ",
        "patent",
    ),
    *(
        "eleven adhd ",
        "faktura a ",
        "har jag ",
        "ocr nr ",
        "a.b-c@d-e.f-g.h ",
        "a" * 63 + "@",
        "@" + "a-" * 31 + ".",
    ),
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_a_hostile_text_is_read_in_one_go(piece: str) -> None:
    text = (piece * (100_000 // len(piece) + 1))[:100_000]
    names = [*directory(), *(f"Förnamn{number} Efternamn{number}" for number in range(3000))]
    begun = time.process_time()
    check(text, rung=Rung.PUBLIC, names=names, narrower=[text])
    # It takes a third of a second; reading the text again for each of its places would take many minutes.
    assert time.process_time() - begun < 20
