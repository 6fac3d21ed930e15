"""What is written and what is quoted: for any words, in any program's mail; nothing is lost, nothing takes long."""

import time
from collections import Counter
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from communis.channels.email.parting.forwards import forwarded
from communis.channels.email.parting.lines import line_of
from communis.channels.email.parting.parting import part
from tests.channels.email.parting.programs import ATTRIBUTIONS, LABELS, SEPARATORS, STYLES

# Of no word of one list a part is a word of the other.
OWN = [
    "lunchen",
    "borde",
    "Vi",
    "öppna",
    "tidigare",
    "ibland",
    "Kanske",
    "två",
    "dagar",
    "räcker",
    "det",
    "vore",
]
OTHERS = ["hemlig", "sjuk", "Jag", "orkar", "inte", "chefen", "sade", "nej", "Berätta", "ingenting", "snälla"]


def _paragraphs(words: list[str]) -> st.SearchStrategy[list[str]]:
    sentence = st.lists(st.sampled_from(words), min_size=1, max_size=25).map(
        lambda some: " ".join(some) + "."
    )
    return st.lists(sentence, min_size=1, max_size=4)


@settings(max_examples=40, deadline=None)
@given(own=_paragraphs(OWN), others=_paragraphs(OTHERS))
def test_no_program_s_quote_comes_out_as_written_and_no_own_word_is_lost(
    own: list[str], others: list[str]
) -> None:
    for style, variants in STYLES:
        for variant in variants:
            mail = style(variant, own, others)
            parted = part(mail)
            assert parted.written.split() == "\n\n".join(own).split(), (style.__name__, variant)


@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.sampled_from([*ATTRIBUTIONS[:9], *SEPARATORS, "Från: Per Lind", "Skickat: den 3 mars 2026 14:05"])
        | st.sampled_from(
            ["> ", ">> hej du", "> hej?", "-- ", "Mvh", "Mvh\nAnna", "PS Ring!", "", "\ufeff", "\t"]
        )
        | st.sampled_from(["Skickat från min iPhone", "Hej!", "a" * 80, "| x", "\x0c", "\u2028", "\r"])
        | st.text(max_size=30),
        max_size=30,
    ).map("\n".join)
)
def test_every_line_is_in_a_piece_or_elided_once_and_in_order(text: str) -> None:
    parted = part(text)
    lines, written, elided = _said(text), _said(parted.written), _said(parted.elided)
    assert Counter(lines) == Counter(written) + Counter(elided)
    for some in (written, elided):
        rest = iter(lines)
        assert all(line in rest for line in some)
    assert parted.written == "\n\n".join(piece.text for piece in parted.pieces)
    assert set(_said(parted.signature)) <= set(elided)
    assert not [line for line in parted.written.splitlines() if line_of(line).depth]


def _said(text: str) -> list[str]:
    return [line for raw in text.splitlines() if not line_of(line := raw.rstrip()).blank]


@pytest.mark.parametrize(
    ("text", "written"),
    [
        # Lost marks: the end of a broken line, and all but the first line of a paragraph.
        ("> en rad som är så lång att programmet har brutit den alldeles före\nslutet\n\nJa.", "Ja."),
        ("> Hej!\nJag är sjuk.\n>\n> Per\n\nJa.", "Ja."),
        ("> Hej!\nJag är sjuk.\n", ""),
        ("> Hälsningar\nPer\n", ""),
        # Answers right below what they answer.
        ("> Är det bråttom?\nInte alls.\n", "Inte alls."),
        ("> Vi ses.\nJa.\n> Ring.\nJag ringer.", "Ja.\n\nJag ringer."),
        # A name and the word for having written, and one's own sentence with that word.
        ("Hej\n\nPer Lind skrev:\n\nJag är sjuk.", "Hej"),
        ("Så här tänkte jag när jag skrev:\n\nJa.", "Så här tänkte jag när jag skrev:\n\nJa."),
        ("Hej\n\nJag skrev:\n\nTaket läcker.", "Hej\n\nJag skrev:\n\nTaket läcker."),
        ("Hej\n\nDen 3 mars 2026 kl. 14:05 skrev Per Lind\n\nJag är sjuk.", "Hej"),
        (
            "Hej\n\nHär är de tre från 2026-03-03 kl. 14:05:\n\nJa.",
            "Hej\n\nHär är de tre från 2026-03-03 kl. 14:05:\n\nJa.",
        ),
        # Headers run together, and a form that somebody filled in.
        ("Hej\n\nFrån: Per Lind Skickat: den 3 mars 2026 14:05 Till: Anna Ämne: Tak\n\nJag är sjuk.", "Hej"),
        (
            "Namn: Anna Berg\nE-post: anna@aby.example\nDatum: 3 mars 2026\nÄrende: Taket\n\nDet läcker.",
            "Namn: Anna Berg\nE-post: anna@aby.example\nDatum: 3 mars 2026\nÄrende: Taket\n\nDet läcker.",
        ),
        ("Ja.\n\nFrå: Ola\nSendt: 3. mars 2026 14:05\nTil: Kari\nEmne: Tak\n\nJag är sjuk.", "Ja."),
        ("Ja.\n\n-----Per Lind/ABY skrev: -----\nTill: Anna\n\nJag är sjuk.", "Ja."),
        ("Ja.\n\nCiterar Per Lind <per@aby.example>:\n\n> Jag är sjuk.", "Ja."),
        # Programs that ran a line together with what stands before or after it.
        ("Ja.\n\nDen 3 mars 2026 kl. 14:05 skrev Per Lind <per@aby.example>: Jag är sjuk.\n\nPer", "Ja."),
        ("Ja.\n\nSvar: -----Ursprungligt meddelande----- Jag är sjuk.\nPer", "Ja."),
        ("Ja.\n\nHej Från: Per Lind Skickat: 14:05 Till: Anna Ämne: Tak Jag är sjuk.\nPer", "Ja."),
        # A time and a place, an invitation, a drawn line.
        (
            "Vi ses 2026-03-03 kl. 14:05 (rum 4): ta med kaffe.\n\nJa.",
            "Vi ses 2026-03-03 kl. 14:05 (rum 4): ta med kaffe.\n\nJa.",
        ),
        (
            "Mejla anna@aby.example före 2026-03-03 kl. 12:00:\n\nnamn",
            "Mejla anna@aby.example före 2026-03-03 kl. 12:00:\n\nnamn",
        ),
        ("Ett\n__________\nTvå", "Ett\n__________\nTvå"),
        # Headers that are marked, with words below that are not.
        ("Ja.\n\n> Från: Per Lind\n> Skickat: den 3 mars 2026\n> Till: Anna\n\nJag är sjuk.", "Ja."),
        # Quotes marked in other ways.
        ("&gt; Jag är sjuk.\n\nJa.", "Ja."),
        ("PL> Jag är sjuk.\n\nJa.", "Ja."),
        ("| Jag är sjuk.\n\nJa.", "Ja."),
        ("| en | tabell |\n| 1 | 2 |", "| en | tabell |\n| 1 | 2 |"),
        ("\u200b> Jag är sjuk.\n\nJa.", "Ja."),
        ("Ja.\u2028> Jag är sjuk.", "Ja."),
        # Signatures, and what is none.
        ("Ja.\n\nMed vänlig hälsning / Kind regards\nAnna Berg\nEnhetschef", "Ja."),
        ("Ja.\n\nMvh Anna & Per", "Ja."),
        ("Ja.\n\nAnna Berg\nEnhetschef\n0123-45 67 89", "Ja."),
        ("Se här!\n\nBra Sida!\nhttps://aby.example", "Se här!\n\nBra Sida!\nhttps://aby.example"),
        ("Ja.\n\nDoe Outlook op<https://aka.ms/AAb9ysg>", "Ja."),
        ("Ja.\n\nAnna Berg\nKim Ek", "Ja.\n\nAnna Berg\nKim Ek"),
        (
            "Ja.\n\nHälsningar från oss alla på skolan till er!",
            "Ja.\n\nHälsningar från oss alla på skolan till er!",
        ),
        ("Ja.\n\n-- \nAnna", "Ja."),
        ("Ja.\n\nMvh\nAnna\n\nPS. Ring!\n\nAnna Berg", "Ja.\n\nPS. Ring!"),
        ("Ja.\n\nSkickat från min telefon", "Ja."),
        (
            "Skickat från mitt skrivbord, och inte från bussen.",
            "Skickat från mitt skrivbord, och inte från bussen.",
        ),
        # A footer, and a thought about secrecy.
        ("Ja.\n\nDetta e-postmeddelande är konfidentiellt och avsett för mottagaren.", "Ja."),
        (
            "Ja.\n\nThis email is confidential and intended for the addressee.\n\nIf in error, delete it.",
            "Ja.",
        ),
        ("Sekretess bryts: mail går till fel mottagare.", "Sekretess bryts: mail går till fel mottagare."),
        ("", ""),
        ("\n \n\t\n", ""),
    ],
)
def test_lines_that_are_easily_taken_for_something_else(text: str, written: str) -> None:
    assert part(text).written == written


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Jag kan.\n\nElin", "Jag kan."),
        ("Jag kan.\nelin", "Jag kan."),
        ("Kan du?\n\n– Elin F. ", "Kan du?\n\n– Elin F. "),
        ("Kan du\n\n– Elin!\n\n> Citat", "Kan du"),
        ("Tack!\nForsgren, Elin", "Tack!"),
        # The answer itself; one of a list; a sentence that goes on; somebody else; not the last word.
        ("Elin", "Elin"),
        ("De som kan:\n\nElin", "De som kan:\n\nElin"),
        ("Anna\nElin", "Anna\nElin"),
        ("Kan du?\n\n- Elin", "Kan du?\n\n- Elin"),
        ("Jag kan.\n\nAnna", "Jag kan.\n\nAnna"),
        ("Jag kan.\n\nElin\n\nOch i maj.", "Jag kan.\n\nElin\n\nOch i maj."),
    ],
)
def test_the_name_of_its_sender_below_the_words_is_no_word(text: str, written: str) -> None:
    parted = part(text, "Elin Forsgren")
    assert parted.written == written.strip()
    assert part(text).written == text.split("\n\n>")[0].strip()


def test_an_answer_below_the_whole_quote_answers_the_whole_mail() -> None:
    below = "Per Lind skrev den 2026-03-03 14:05:\n> Hej\n>\n> Kan du?\n\nJa.\n"
    assert [piece.answers for piece in part(below).pieces] == [""]
    between = below + "\n> Säkert?\n"
    assert [piece.answers for piece in part(between).pieces] == ["Kan du?"]
    listed = "> Frågor:\n> - Vem?\n> - *När* kan\n> [du](https://aby.example)?\n\nNu.\n\n> Var?\n"
    assert [piece.answers for piece in part(listed).pieces] == ["När kan du?"]
    only = "Per Lind skrev den 2026-03-03 14:05:\n> Kan du\n> komma?\n>> nej\n\nJa.\n"
    assert [piece.answers for piece in part(only).pieces] == ["Kan du komma?"]


def test_a_forwarded_mail_names_its_sender_and_keeps_older_mails_apart() -> None:
    older = "Från: Ulf Ek\nSkickat: den 2 mars 2026 09:00\nTill: Per Lind\nÄmne: Tak\n\nTaket läcker."
    text = f"Se nedan.\n\nMvh Anna\n\n{older.replace('Ulf Ek', 'Per Lind')}\n\n{older}"
    found = forwarded(text, "VB: Tak")
    assert found is not None
    assert (found.sender.name, found.message) == ("Per Lind", "Se nedan.")
    assert (found.body, found.older) == ("Taket läcker.", older)
    assert forwarded(text, "SV: Tak") is None
    assert part(text).written == "Se nedan."


@pytest.mark.parametrize("labels", LABELS[:-1])
def test_the_subject_tells_what_is_forwarded_in_every_language(labels: tuple[str, str, str, str]) -> None:
    headed = next(style for style, variants in STYLES if variants is LABELS)
    found = forwarded(headed(labels, ["Ja."], ["Nej."]), "FW: Schemat")
    assert found is not None
    assert found.sender == ("Per Lind", "per.lind@aby.example")
    assert found.to == (("Anna Berg", "anna.berg@aby.example"),)
    assert (found.date, found.subject) == ("den 3 mars 2026 14:05", "Schemat")
    assert (found.message, found.body) == ("Ja.", "Nej.")


# Repeated to a million characters: whatever a rule looks for, in the form that makes it look longest.
REPEATED = [
    *[
        "a",
        " ",
        "\n",
        ">",
        "> ",
        "-",
        "_",
        "*",
        ":",
        "@",
        "|",
        "<(",
        "-- ",
        "_ _",
        "--- a ",
        "1.1.26 ",
        "\u200b",
    ],
    *["a:\n", "a:\n\n\n\n", "> a\n\nb\n\n", "> a\nb\n", "—\n", "—\n\n\n\n", "Mvh\n", "Mvh\n\nPS a\n\n"],
    *["Från: x\n", "Från: x\n\n", "Ämne: x y z\n", "Till: " + "a" * 20_000 + "\n", "a@b ", "aaaaaaaa."],
    *[
        "Den 3 mars 2026 kl. 14:05 skrev\n",
        "Den 3 mars 2026 kl. 14:05 skrev Per:\n> a\n",
        "Per skrev:\n> a?\nb\n",
    ],
    *[
        "a: b ",
        "---ab ",
        "Från: x Till: y Ämne: z ",
        "Från: x Till: y\n",
        "Den 3/3 2026 14:05 skrev a: b\n",
        "konfidentiell mottagare\n\n",
        "Jag tycker att vi ska öppna tidigare på dagen.\n\n",
        "-- a --\n",
        "AB> ",
    ],
]


@pytest.mark.parametrize("repeated", REPEATED, ids=[repr(some[:20]) for some in REPEATED])
def test_a_million_characters_take_less_than_a_second(repeated: str) -> None:
    text = (repeated * (1_000_000 // len(repeated) + 1))[:1_000_000]
    assert _seconds(lambda: part(text)) < 1
    assert _seconds(lambda: forwarded(f"---------- Forwarded message ---------\n{text}", "Fwd: x")) < 1


def _seconds(work: Callable[[], object]) -> float:
    """Of the processor. A second try, if the first was slow: others may use the machine."""
    seconds = 0.0
    for _ in range(2):
        begun = time.process_time()
        work()
        seconds = time.process_time() - begun
        if seconds < 1:
            break
    return seconds
