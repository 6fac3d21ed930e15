"""What is like the words being written: found by its words and by parts of them, among what the viewer may see."""

import json
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from communis.answers.answering import Given, Wording, give_answer, open_answers
from communis.answers.verdicts import ReasonKind, Verdict
from communis.conversations.contributing import contribute, start
from communis.conversations.kinds import Kind
from communis.conversations.lines import address_of
from communis.conversations.models import Share
from communis.conversations.narrowing import narrow
from communis.conversations.revising import revise, take_back, undo
from communis.journal.moments import HOUR
from communis.looking.viewers import PUBLIC_VIEWER
from communis.openness.choosing import Choice
from communis.openness.rungs import Rung
from communis.people import actions
from communis.people.holdings import viewer_for
from communis.people.models import Person
from communis.search.models import WordPiece
from communis.search.ranking import most_alike
from communis.search.reconciling import differences
from communis.search.similar import similar_to
from communis.widening.completing import choose_to_open, open_due
from communis.widening.proposing import propose
from tests.answers.town import Answering
from tests.cast import Cast, letter, open_post, to_all, to_circle
from tests.clock import Clock

ASKED = json.loads(
    (Path(__file__).parents[1] / "data" / "similar" / "swefaq.json").read_text(encoding="utf-8")
)


def found(text: str, person: Person | None) -> list[str]:
    viewer = viewer_for(person.id) if person else PUBLIC_VIEWER
    return [one.sentence for one in similar_to(text, viewer=viewer)]


def line_of(share: Share) -> str:
    return address_of(share)[1]


@pytest.mark.parametrize(
    "written",
    [
        "Vi borde bygga cykelställ vid skolan",
        "Fler ställ för cyklar, tack, vid skolorna",
        "CYKELSTÄLLEN VID SKOLAN ÄR FULLA",
        "Jag har ingen plats för cykeln utanför skolan",
    ],
)
def test_other_forms_and_parts_of_the_words_are_found(people: Cast, clock: Clock, written: str) -> None:
    to_all(Kind.IDEA, "Sätt upp ett cykelställ vid grundskolan. Det regnar ofta.", people.elin)
    to_all(Kind.IDEA, "Kaffet i personalrummet är kallt.", people.johan)
    clock.news()
    assert found(written, people.amina) == ["Sätt upp ett cykelställ vid grundskolan."]


@pytest.mark.parametrize("written", ["", " ", "ställ", "och det är så att vi", "🚲 !!! ???"])
def test_too_little_is_like_nothing(people: Cast, clock: Clock, written: str) -> None:
    to_all(Kind.IDEA, "Sätt upp ett cykelställ vid grundskolan.", people.elin)
    clock.news()
    assert found(written, people.amina) == []


def test_what_has_one_word_in_common_with_much_is_not_like_it(people: Cast, clock: Clock) -> None:
    to_all(Kind.IDEA, "Sätt upp ett cykelställ vid grundskolan.", people.elin)
    clock.news()
    much = (
        "Hemtjänsten behöver elbilar och laddstolpar, schemat för kvällspassen är orimligt, nycklarna saknas"
        " när vikarierna kommer, telefonerna laddar ur, grundskolan ligger bredvid, matlådorna hinner kallna,"
        " journalsystemet hänger sig varje fredag, kläderna blir blöta och semestern planeras alldeles sent."
    )
    assert found(much, people.amina) == []


def test_each_finds_among_what_each_may_see(people: Cast, clock: Clock) -> None:
    letter("Vi byter stolar i brevet.", people.elin, people.karin)
    to_circle("Vi byter stolar i kretsen.", people.nadja, people.food_waste)
    to_all(Kind.IDEA, "Vi byter stolar hos alla?", people.karin)
    open_post("Vi byter stolar öppet.", people.karin)
    clock.news()
    asked = "Byta stolar"
    both = {"Vi byter stolar hos alla?", "Vi byter stolar öppet."}
    assert set(found(asked, people.karin)) == both | {"Vi byter stolar i brevet."}
    assert set(found(asked, people.amina)) == both | {"Vi byter stolar i kretsen."}
    assert set(found(asked, people.johan)) == both
    assert found(asked, None) == ["Vi byter stolar öppet."]
    actions.leave(people.amina, people.food_waste, by=people.amina)
    assert set(found(asked, people.amina)) == both


def test_who_joins_later_finds_nothing_from_before(people: Cast, clock: Clock) -> None:
    to_circle("Vi byter stolar i kretsen.", people.amina, people.care_home)
    clock.news()
    actions.let_in(people.elin, people.care_home, by=people.amina)
    to_circle("Vi byter bord i kretsen, och stolar.", people.amina, people.care_home)
    clock.news()
    assert found("Byta stolar", people.elin) == ["Vi byter bord i kretsen, och stolar."]


def test_each_is_shown_the_words_of_the_own_line(people: Cast, clock: Clock) -> None:
    """Other words inside: whoever reads the narrow line finds that one, by its words alone, and once."""
    told = to_circle("Filten under hjulen hjälper.", people.nadja, people.food_waste)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("django.conf.settings.HOURS_TO_TAKE_BACK", 0)
        everyone = Choice(Rung.ORGANISATION)
        widening = propose(address_of(told)[0], everyone, "Fler borde läsa.", by=people.nadja)
        choose_to_open(widening, by=people.nadja)
        assert open_due() == 1
    revise(line_of(told), "Något mjukt under rullstolen hjälper.", by=people.nadja)
    clock.news()
    assert found("mjukt under rullstolen", people.amina) == ["Något mjukt under rullstolen hjälper."]
    assert found("mjukt under rullstolen", people.johan) == []
    assert found("filten under hjulen", people.johan) == ["Filten under hjulen hjälper."]
    assert found("filten under hjulen", people.amina) == []
    wide = Share.everything.get(rung=Rung.ORGANISATION)
    narrow(line_of(wide), by=people.nadja)
    assert found("filten under hjulen", people.johan) == []
    clock.news()
    assert differences() == []


def test_it_follows_what_is_changed_and_taken_back(people: Cast, clock: Clock) -> None:
    said = to_all(Kind.FRAGMENT, "Sätt upp ett cykelställ.", people.elin)
    assert found("cykelställ upp sätt", people.amina) == []  # The minute in which it can be undone.
    clock.news()
    assert found("sätta upp cykelställ", people.amina) == ["Sätt upp ett cykelställ."]
    revise(line_of(said), "Sätt upp en parkering för sparkcyklar.", by=people.elin)
    assert found("sätta upp cykelställ", people.amina) == []
    clock.news()
    assert found("parkera sparkcyklar", people.amina) == ["Sätt upp en parkering för sparkcyklar."]
    assert differences() == []
    take_back(line_of(said), by=people.elin)
    # At once, also before what is kept of its words is gone.
    assert found("parkera sparkcyklar", people.amina) == []
    assert WordPiece.everything.exists()
    clock.news()
    assert not WordPiece.everything.exists()
    undo(line_of(to_all(Kind.FRAGMENT, "Sätt upp ett cykelställ.", people.elin)), by=people.elin)
    clock.news()
    assert not WordPiece.everything.exists()


def test_answers_are_not_found(people: Cast, clock: Clock) -> None:
    opening = to_all(Kind.IDEA, "Sätt upp ett cykelställ.", people.elin)
    contribute(line_of(opening), "Hellre en laddstolpe för bilar.", by=people.amina)
    clock.news()
    assert found("laddstolpe för bilar", people.johan) == []


def test_the_minute_is_as_wide_as_the_gate(people: Cast, clock: Clock) -> None:
    """What ended less than a minute ago takes no place, however much of it there is."""
    kept = to_all(Kind.IDEA, "Sätt upp ett cykelställ.", people.elin)
    more = [to_all(Kind.IDEA, f"Sätt upp ett cykelställ {turn}.", people.elin) for turn in range(5)]
    clock.news()
    before = found("cykelställ upp", people.johan)
    assert len(before) == 3
    for share in more:
        take_back(line_of(share), by=people.elin)
    with CaptureQueriesContext(connection) as with_ended:
        assert found("cykelställ upp", people.johan) == ["Sätt upp ett cykelställ."]
    clock.news()
    with CaptureQueriesContext(connection) as without:
        assert found("cykelställ upp", people.johan) == ["Sätt upp ett cykelställ."]
    assert len(with_ended) == len(without) and kept.id


def test_what_is_old_is_found_though_many_newer_have_each_of_its_words(people: Cast, clock: Clock) -> None:
    """It is not among the newest that have *skolgården* and *belysning*, and yet it has both, and *gungorna*."""
    to_all(Kind.IDEA, "Gungorna på skolgården saknar belysning.", people.elin)
    for turn in range(50):
        to_all(
            Kind.IDEA,
            f"Ny belysning kring parkering {turn}, och bort med häcken vid skolgården.",
            people.johan,
        )
        if turn % 5 < 3:
            to_all(Kind.IDEA, f"Måla om gungorna i park {turn}.", people.nadja)
    clock.news()
    first, *_ = found("belysning skolgården gungorna", people.amina)
    assert first == "Gungorna på skolgården saknar belysning."


def hidden_words_change_nothing(people: Cast, clock: Clock) -> None:
    """L5, L12: much is said of the same thing where the viewer cannot see; her answer is as if it never was."""
    texts = [
        "Skolan behöver tak.",
        "Tak över cyklarna.",
        "Nya stolar till skolan och hemtjänsten, och till matsalen.",
        "Ett nytt tak.",
    ]
    for text in texts:
        to_all(Kind.IDEA, text, people.elin)
    clock.news()
    asked = "nytt tak vid skolan"

    def answer() -> tuple[list[str], int]:
        with CaptureQueriesContext(connection) as queries:
            return found(asked, people.johan), len(queries)

    before = answer()
    assert len(before[0]) == 3
    # So many that they would take every place, and that every piece would be another's rarity.
    for turn in range(120):
        to_circle(f"Nytt tak, nytt tak, {turn}", people.nadja, people.food_waste)
    clock.news()
    assert answer() == before
    assert set(found(asked, people.nadja)) != set(before[0])


def test_hidden_words_change_neither_what_is_found_nor_its_order_nor_the_queries(
    people: Cast, clock: Clock
) -> None:
    hidden_words_change_nothing(people, clock)


def test_the_answer_to_a_question_is_among_the_first_five(people: Cast, clock: Clock) -> None:
    """110 real questions; of each category only one circle can see the answers, and whoever asks is in it."""
    right = asked = 0
    for number, category in enumerate(ASKED):
        circle = actions.found_circle(f"Krets {number}", by=people.leyla)
        actions.let_in(people.elin, circle, by=people.leyla)
        place = Choice(Rung.CIRCLE, circles=(circle.public_id,))
        lines = [
            line_of(start(Kind.POST, words, by=people.elin, choice=place)) for words in category["answers"]
        ]
        clock.news()
        for question, label in category["questions"]:
            first = similar_to(question, viewer=viewer_for(people.elin.id), limit=5)
            right += lines[label] in [one.line for one in first]
            asked += 1
        actions.leave(people.elin, circle, by=people.elin)
    print(f"found among the first five: {right / asked:.3f} of {asked}")
    assert asked == 110 and right / asked >= 0.85


def test_the_most_alike_is_first_and_of_equals_the_earlier() -> None:
    others = ["Kaffe.", "Nytt cykelställ.", "Nytt cykelställ vid skolan.", "Nytt cykelställ vid skolan."]
    assert most_alike("nytt cykelställ vid skolan", others)[:2] == [2, 3]
    assert most_alike("helt andra ord", others) == []
    assert most_alike("helt andra ord", []) == []


def test_says_how_it_ended_to_those_who_read_the_answer(answering: Answering, clock: Clock) -> None:
    """Nothing before the heads-up is over, also to the one who may read it early: the answer is not open yet."""
    people = answering.people
    _share, asked = answering.idea()
    clock.news()
    no = Given(Verdict.NO, Wording("Nej, inte i år.", "Pengarna räcker inte."), ReasonKind.MONEY)
    give_answer(asked, no, by=people.karin)

    def ended() -> list[str]:
        similar = similar_to("Tänk om vi bytte stol med varandra", viewer=viewer_for(people.amina.id))
        return [one.ended.words if one.ended else "" for one in similar]

    assert ended() == [""]
    clock.forward(25 * HOUR)
    open_answers()
    assert ended() == [Verdict.NO.label]
