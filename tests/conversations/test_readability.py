"""LIX: measured on texts whose figure is known, paragraph by paragraph, and by what does not end a sentence (R99)."""

import json
from pathlib import Path

import pytest

from communis.conversations import markdown
from communis.conversations.readability import formula, measure, paragraphs, sentences

EASY = "Vi tog en promenad i parken. Solen sken och alla var glada. Sedan gick vi hem och åt middag. "
HARD = (
    "Verksamhetsutvecklingens förutsättningar påverkas otvivelaktigt av organisationsövergripande "
    "styrningsmekanismer, kommunikationsstrategier och resursfördelningsprinciper samt av de "
    "omvärldsförändringar som kontinuerligt aktualiserar frågeställningar kring kompetensförsörjning, "
    "prioriteringar och långsiktighet."
)


def test_known_figures(shared_data: Path) -> None:
    rows = json.loads((shared_data / "readability" / "known-lix.json").read_text(encoding="utf-8"))
    assert len(rows) >= 5
    for row in rows:
        if "text" in row:
            found = measure(row["text"]).lix
        else:
            found = formula(row["words"], row["sentences"], row["long_words"])
        assert abs(found - row["lix"]) <= row["tolerance"], row["id"]


def test_twenty_five_swedish_texts(shared_data: Path) -> None:
    """The treebank's own sentences are not shown to the program: the texts are one run of words each."""
    file = shared_data / "readability" / "talbanken-dev-lix.jsonl"
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    off = {
        row["id"]: measure(" ".join(row["one_sentence_per_line"].split("\n"))).lix - row["lix"]
        for row in rows
    }
    assert len(off) == 25
    assert {name: difference for name, difference in off.items() if abs(difference) > 2} == {}


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Vi ses kl. 9 hos t.ex. Anna, dvs. mitt emot nr 5, osv. och sedan hem.", 1),
        ("Läs mer på https://www.avinge.example/om.oss/a.html och svara.", 1),
        ("Skriv till anna.b@avinge.example. Hon svarar.", 2),
        ("1. Ett först\n2. Två sedan\n3. Tre till sist.", 1),
        ("a) Ett först\nb) Två sedan", 1),
        ("Det kostar 3.50 i dag. Det är dyrt!", 2),
        ("Han sa: 'Kom hit.' Sedan gick han.", 3),
        ("Jag vet inte... men kanske. Eller?", 2),
        ("A. Lindgren skrev det. Det är länge sedan.", 2),
        ("", 0),
    ],
)
def test_what_ends_a_sentence(text: str, count: int) -> None:
    assert len(sentences(text)) == count


def test_addresses_are_no_words() -> None:
    assert measure("Läs https://www.avinge.example/en/mycket/lang/adress nu.").words == 2
    assert measure("https://www.avinge.example/").lix == 0


def test_a_hard_paragraph_is_found_in_an_easy_text() -> None:
    """R99: a paragraph of LIX 72 or more inside a text of 38 or less."""
    text = f"{EASY * 12}\n\n{HARD}\n\n{EASY * 12}"
    html = markdown.render(text)
    assert measure(markdown.plain(html)).lix <= 38
    found = paragraphs(html)
    assert [one.hard for one in found] == [False, True, False]
    assert found[1].lix is not None and found[1].lix >= 72


def test_a_list_is_one_paragraph_and_a_few_words_have_no_figure() -> None:
    html = markdown.render(
        "Kort.\n\n- ett äpple och ett päron\n- två bananer och en kiwi\n- tre plommon i en skål"
    )
    first, rows = paragraphs(html)
    assert first.lix is None
    assert (rows.measured.sentences, rows.measured.words) == (1, 15)


def test_a_link_counts_by_the_words_people_see() -> None:
    plain = paragraphs(markdown.render("Läs om det här på sidan som vi skrev i går kväll."))
    linked = paragraphs(
        markdown.render("Läs om det här på [sidan](https://a.example/x.y.z) som vi skrev i går kväll.")
    )
    assert plain[0].measured == linked[0].measured
