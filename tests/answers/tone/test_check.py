import logging
import pickle
import re
import time
from itertools import pairwise

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from communis.answers.tone.blurs import Blur, Kind
from communis.answers.tone.check import LONGEST, check_tone

from .measured_set import labelled

LOOSE = Kind.NO_ONE_AND_NO_DATE


def found(text: str, language: str = "sv") -> list[tuple[str, Kind]]:
    return [(text[one.start : one.end], one.kind) for one in check_tone(text, language=language)]


def kinds(text: str, language: str = "sv") -> list[Kind]:
    return [one.kind for one in check_tone(text, language=language)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Vi ska titta på det framöver.", [("Vi ska titta på det framöver", LOOSE)]),
        ("Jag kollar på det.", [("kollar på det", Kind.NO_DATE)]),
        ("Karin på IT säger att Olle ser över det.", [("ser över det", Kind.NO_DATE)]),
        ("Någon borde ta tag i det.", [("Någon borde ta tag i det", LOOSE)]),
        ("Rutinen ska förbättras.", [("ska förbättras", Kind.PASSIVE_PROMISE)]),
        ("I princip ja.", [("I princip", Kind.HEDGED_VERDICT)]),
        ("Nej, av olika skäl.", [("av olika skäl", Kind.NO_REASON)]),
        ("Nej. Det borde du ha förstått.", [("Det borde du ha förstått", Kind.ABOUT_THE_PERSON)]),
        ("Nej, som alla vet.", [("som alla vet", Kind.TALKING_DOWN)]),
    ],
)
def test_each_kind_in_swedish(text: str, expected: list[tuple[str, Kind]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We will look into it at some point.", [("We will look into it at some point", LOOSE)]),
        ("I am looking into it.", [("am looking into it", Kind.NO_DATE)]),
        ("Somebody should fix that.", [("Somebody should fix that", LOOSE)]),
        ("The routine will be reviewed.", [("will be reviewed", Kind.PASSIVE_PROMISE)]),
        ("In principle yes.", [("In principle", Kind.HEDGED_VERDICT)]),
        ("No, for various reasons.", [("for various reasons", Kind.NO_REASON)]),
        ("No. You should have known.", [("You should have known", Kind.ABOUT_THE_PERSON)]),
        ("As everyone knows, no.", [("As everyone knows", Kind.TALKING_DOWN)]),
    ],
)
def test_each_kind_in_english(text: str, expected: list[tuple[str, Kind]]) -> None:
    assert found(text, "en") == expected


@pytest.mark.parametrize(
    "text",
    [
        "Vi återkommer den 3 mars.",
        "Vi återkommer. Du får svar senast fredag.",
        "Ni får svar den 3 mars. Då tittar vi på det.",
        "We will get back to you on 3 March.",
        "We will get back to you by Friday.",
        "We look at it within two weeks.",
    ],
)
def test_a_day_near_the_words_answers_when(text: str) -> None:
    assert check_tone(text, language="sv") == check_tone(text, language="en") == []


def test_a_day_does_not_say_who_somebody_is() -> None:
    assert kinds("Någon borde laga den före den 3 mars.") == [Kind.NO_ONE_NAMED]
    assert kinds("Someone should mend it by Friday.", "en") == [Kind.NO_ONE_NAMED]


@pytest.mark.parametrize(
    "text",
    [
        "Tack för mejlet den 3 mars. Vi tittar på det.",
        "Vi har möte den 12 maj. Vi tittar på det.",
        "Vi tittar på det till våren.",
    ],
)
def test_a_day_of_something_else_or_a_season_answers_nothing(text: str) -> None:
    assert kinds(text) == [LOOSE]


def test_a_passive_with_a_name_is_left_alone() -> None:
    assert kinds("Rutinen ska förbättras av Marie Holm.") == []
    assert kinds("The routine will be reviewed by the contractor.", "en") == []


@pytest.mark.parametrize(
    "text",
    [
        "Jag vet inte än, men svarar senast fredag.",
        "Jag tror på tanken.",
        "Ja, om nämnden säger ja.",
        "Ja, om taket ska repareras ändå.",
        "Nej, därför att gatan ska grävas upp.",
        "Nej. Enligt arkivlagen kan originalen eventuellt behövas.",
        "Titta på bilden.",
        "Vi tittade på det. Svaret är nej.",
        "Återkom gärna.",
        "Vi ska inte ändra det.",
        "Ska vi titta på det?",
        "Du har rätt.",
        "Du fick aldrig svar.",
        "I do not know yet, but you will hear by Friday.",
        "I believe in this.",
        "Yes, if the roof will be mended anyway.",
        "No, because the road will be closed.",
        "No. Under the law we may possibly keep them.",
        "Look at the drawing.",
        "We looked into it. The answer is no.",
        "Get back to me.",
        "You were right.",
        "You never got an answer.",
    ],
)
def test_honest_doubt_conditions_reasons_and_law_are_left_alone(text: str) -> None:
    assert check_tone(text, language="sv") == check_tone(text, language="en") == []


@pytest.mark.parametrize(
    "text",
    [
        "Du skriver ”vi får se vad som händer”. Beskedet är nej.",
        'You wrote "we will see what happens". The answer is no.',
        "Du skriver att någon borde titta på det framöver. Det är gjort.",
        "You suggest that we look into the fees at some point. No.",
        "Hon sa »jag återkommer«. Det gör hon inte.",
    ],
)
def test_the_words_of_others_are_left_alone(text: str) -> None:
    assert check_tone(text, language="sv") == check_tone(text, language="en") == []


def test_a_lone_quotation_mark_hides_nothing() -> None:
    assert kinds('Vi mäter i tum ("). Vi återkommer.') == [LOOSE]


def test_both_languages_are_found_in_mixed_words() -> None:
    text = "Let's look into it. Vi återkommer."
    for language in ("sv", "en"):
        assert [words for words, _ in found(text, language)] == ["Let's look into it", "återkommer"]


@pytest.mark.parametrize(("language", "said"), [("sv", "vem, och när?"), ("en", "who, and when?")])
def test_the_question_follows_the_reader(language: str, said: str) -> None:
    with override(language):
        assert Blur(0, 1, LOOSE).question == said
        questions = {Blur(0, 1, kind).question for kind in Kind}
    assert len(questions) == len(Kind)
    assert all(question.endswith("?") and question[0].islower() for question in questions)


def test_a_blur_holds_no_word_and_nothing_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        blurs = check_tone("Sundvall, i princip ja.", language="sv")
    kept = repr(blurs) + str(pickle.dumps(blurs))
    assert blurs
    assert "Sundvall" not in kept and "princip" not in kept
    assert caplog.records == []


def test_places_count_what_nobody_sees() -> None:
    text = "🙂 Vi åter\u00adkommer\u200b."
    assert [words for words, _ in found(text)] == ["åter\u00adkommer"]


# Pieces of the tables and of what clears them, put together anyhow.
PIECES = st.sampled_from(
    [
        *("Vi", "vi ska", "titta", "tittar på", "det", "framöver", "du", "inte", "som alla vet", "i princip"),
        *("we will", "look", "into", "it", "at some point", "you always", "by Friday", "den 3 mars", "§ 4"),
        *("”", '"', "'", ".", "?", ",", "\n", "\u00ad", "\u200b", "🙂", "å\u0301", "\u2028", "I", "Karin"),
    ]
)


@given(st.lists(PIECES, max_size=40), st.sampled_from([" ", "", "  "]), st.sampled_from(["sv", "en", "fi"]))
def test_places_lie_inside_in_order_and_apart(pieces: list[str], space: str, language: str) -> None:
    text = space.join(pieces)
    blurs = check_tone(text, language=language)
    assert all(0 <= one.start < one.end <= len(text) for one in blurs)
    assert all(one.end <= after.start for one, after in pairwise(blurs))
    assert blurs == check_tone(text, language=language)
    # Code points, so that no character is cut and every place begins and ends with something one sees.
    assert all(re.match(r"\S", text[one.start]) and re.match(r"\S", text[one.end - 1]) for one in blurs)


@given(st.text(max_size=200))
def test_no_text_fails(text: str) -> None:
    assert all(0 <= one.start < one.end <= len(text) for one in check_tone(text, language="sv"))


def test_every_labelled_answer_keeps_to_the_same_rules() -> None:
    for language in ("sv", "en"):
        for one in labelled(language):
            blurs = check_tone(one.text, language=language)
            assert blurs == sorted(blurs)
            assert all(0 <= blur.start < blur.end <= len(one.text) for blur in blurs)


HOSTILE = [
    *("a", "a ", "A ", "ska ", "vi ska titta ", "we'll look ", "will be x ", "you a b ", "du ", "om ", "1 "),
    *(
        '"',
        "”",
        "'a' ",
        ". ",
        "  ",
        "\t",
        "den 3 ",
        "tack för ",
        "lag",
        "förordning",
        "§ ",
        "\u00ad",
        "x\u200b ",
    ),
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_work_grows_no_faster_than_the_text(piece: str) -> None:
    """Ten thousand hostile characters take about twice the work of five thousand; there is room for a busy machine."""
    once, twice = (_work((piece * length)[:length]) for length in (5_000, 10_000))
    assert twice < 3.5 * once + 0.1


def _work(text: str) -> float:
    """Processor seconds, the least of two."""
    spent = []
    for _ in range(2):
        begun = time.process_time()
        check_tone(text, language="sv")
        spent.append(time.process_time() - begun)
    return min(spent)


def test_a_text_without_end_is_refused() -> None:
    with pytest.raises(ValueError, match="at most"):
        check_tone("a" * (LONGEST + 1), language="sv")
