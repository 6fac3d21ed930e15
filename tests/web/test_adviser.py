"""The adviser: what it says for each belief and rung, what it keeps (nothing), and what travels with the words."""

import json
import re
from collections.abc import Iterator
from html import unescape
from itertools import product
from pathlib import Path

import pytest
from django.apps import apps
from django.core import serializers
from django.test import Client
from django.utils import translation

from communis.conversations.drafting import own_drafts
from communis.conversations.kinds import Kind
from communis.conversations.lines import address_of
from communis.conversations.models import AnswerWish, Share
from communis.journal.models import Entry
from communis.journal.moments import DAY
from communis.openness.rungs import Rung
from communis.people import actions
from communis.people.holdings import viewer_for
from communis.web.advice import CAN_CHANGE, CELLS, WHO_READS, Belief, suggested
from tests.cast import Cast, letter, to_all
from tests.clock import Clock
from tests.web.forms import client_of, page, send, typed

ROOT = Path(__file__).parents[2]
CELL = list(product(Belief, Rung))


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


def advise(client: Client, people: Cast, **told: object) -> str:
    """The page after the button, with a letter to Karin begun."""
    form = {"text": "Tänk om vi bytte stol.", "audience": "direct", "persons": [people.karin.public_id]}
    answer = client.post("/write", {**form, "do": "advise", **told})
    assert answer.status_code == 200
    return str(answer.content.decode())


def advice_in(html: str) -> str:
    found = re.search(r'<div class="advice">.*?</div></details>', html, re.S)
    return unescape(found[0]) if found else ""


def part(html: str, rung: Rung) -> str:
    """What is said of one rung, as a reader has it."""
    return unescape(re.sub(r"<[^>]+>", " ", _section(html, rung)))


def _section(html: str, rung: Rung) -> str:
    section = re.search(rf'<section aria-labelledby="advice-{int(rung)}">.*?</section>', html, re.S)
    assert section is not None
    return section[0]


@pytest.mark.parametrize(("belief", "rung"), CELL)
def test_each_cell_says_its_own(people: Cast, belief: Belief, rung: Rung) -> None:
    said = part(advise(client_of(people.elin), people, believes=belief.value), rung)
    cell = CELLS[belief, rung]
    for line in (WHO_READS[rung], cell.answer, CAN_CHANGE[rung], cell.research, cell.source):
        assert str(line) in said
    others = {str(other.answer) for key, other in CELLS.items() if key != (belief, rung)}
    assert not [answer for answer in others if answer in said]


@pytest.mark.parametrize(("belief", "rung"), CELL)
def test_each_cell_is_in_both_languages(belief: Belief, rung: Rung) -> None:
    cell = CELLS[belief, rung]
    for line in (cell.answer, cell.research):
        with translation.override("en"):
            english = str(line)
        with translation.override("sv"):
            swedish = str(line)
        assert english and swedish and english != swedish
        longest = max(
            len(sentence.split()) for text in (english, swedish) for sentence in re.split(r"[.:?] ?", text)
        )
        assert longest <= 20
    assert re.search(r" (19|20)\d\d$", cell.source)


def test_the_table_is_whole_and_written_down() -> None:
    assert set(CELLS) == set(CELL) and len(CELLS) == 16
    for language in ("en", "sv"):
        with translation.override(language):
            assert len({str(cell.answer) for cell in CELLS.values()}) == 16
            assert len({str(cell.research) for cell in CELLS.values()}) == 16
    documented = (ROOT / "docs" / "domains" / "adviser.md").read_text(encoding="utf-8")
    with translation.override("en"):
        for cell in CELLS.values():
            assert f"{cell.answer} | {cell.source}" in documented


@pytest.mark.parametrize("language", ["en", "sv"])
def test_no_way_is_called_better_or_braver(language: str) -> None:
    """R38: the choice is never judged."""
    with translation.override(language):
        said = " ".join(str(line) for cell in CELLS.values() for line in (cell.answer, cell.research))
        said += " ".join(map(str, [*WHO_READS.values(), *CAN_CHANGE.values()]))
    words = set(re.findall(r"\w+", said.casefold()))
    assert not words & {
        "best", "worst", "brave", "coward", "should", "must", "ought", "wrong", "mistake", "recommend",
        "bäst", "sämst", "modig", "modigt", "feg", "fegt", "bör", "borde", "måste", "fel", "misstag",
    }  # fmt: skip


@pytest.mark.parametrize("belief", ["", "unknown", "x"])
def test_a_skipped_question_is_answered_as_not_knowing(people: Cast, belief: str) -> None:
    html = advise(client_of(people.elin), people, believes=belief)
    assert str(CELLS[Belief.UNKNOWN, Rung.DIRECT].answer) in part(html, Rung.DIRECT)


def test_it_is_closed_until_it_is_asked(people: Cast) -> None:
    html = page(client_of(people.elin), f"/write?to={people.karin.public_id}")
    assert '<details class="adviser" id="adviser"><summary>Unsure which way? Three short questions.' in html
    assert "What do you believe Karin thinks of it?" in html
    assert advice_in(html) == ""


def test_it_ends_with_where_to_begin_and_whose_choice_it_is(people: Cast) -> None:
    elin = client_of(people.elin)
    assert advice_in(advise(elin, people)).endswith(
        "<strong>We would start with Karin. You choose.</strong></p></div></div></details>"
    )
    nobody = advise(elin, people, audience="draft", persons=[])
    assert "We would start with the one you ask. You choose." in nobody
    elin.defaults["HTTP_ACCEPT_LANGUAGE"] = "sv"
    assert "Vi skulle börja hos Karin. Du väljer." in advise(elin, people)


@pytest.mark.parametrize(("belief", "urgent", "spoken", "clean"), list(product(Belief, *[(False, True)] * 3)))
def test_the_suggestion_leans_open_only_where_little_is_at_risk(
    belief: Belief, urgent: bool, spoken: bool, clean: bool
) -> None:
    wide = belief == Belief.VERY_GOOD and clean and not urgent and not spoken
    chosen = suggested(belief, urgent=urgent, spoken_first=spoken, clean=clean)
    assert chosen == (Rung.ORGANISATION if wide else Rung.DIRECT)


def test_all_employees_are_suggested_only_when_the_check_finds_nothing(people: Cast) -> None:
    """R37: the words are looked at as the check before opening would."""
    elin = client_of(people.elin)
    wide = "We would start with all employees. You choose."
    assert wide in advise(elin, people, believes="very-good")
    for text in ("Ring 070-174 06 33 om stolen.", "Karin Sundvall vill inte.", " "):
        assert wide not in advise(elin, people, believes="very-good", text=text)
    assert wide not in advise(elin, people, believes="very-good", urgent="yes")
    assert wide not in advise(elin, people, believes="very-good", wishes=["spoken"])
    assert wide not in advise(elin, people, believes="quite-good")


def test_a_name_one_may_not_list_changes_no_suggestion(people: Cast) -> None:
    actions.welcome("Qvintus Hemlig", "qvintus@avinge.example", by=people.leyla, protected=True)
    elin = client_of(people.elin)
    known, unknown = "Qvintus Hemlig sa det.", "Qvintus Synlig sa det."
    told = [advice_in(advise(elin, people, believes="very-good", text=text)) for text in (known, unknown)]
    assert told[0] == told[1]


def test_when_time_matters_the_day_is_asked_for_in_the_text(people: Cast) -> None:
    elin = client_of(people.elin)
    assert "Write in your text by which day, and why." in advise(elin, people, urgent="yes")
    assert "by which day" not in advise(elin, people, urgent="no")


def test_asking_keeps_the_words_and_all_that_was_chosen(people: Cast) -> None:
    html = advise(client_of(people.elin), people, believes="bad", wishes=["straight"], urgent="no")
    assert typed(html) == "Tänk om vi bytte stol."
    for name, value in (
        ("believes", "bad"),
        ("urgent", "no"),
        ("wishes", "straight"),
        ("audience", "direct"),
    ):
        assert re.search(rf'name="{name}" value="{value}" checked', html), name
    assert '<details class="adviser" id="adviser" open>' in html


def test_what_it_is_told_is_stored_nowhere(people: Cast) -> None:
    """Rulings: beliefs and urgency live on that page alone."""
    elin = client_of(people.elin)
    told = {"believes": "quite-good", "urgent": "yes"}
    advise(elin, people, **told)
    elin.post("/drafts", {"text": "Tänk om.", "place": "new", **told})
    elin.post("/write", {"text": "Tänk om.", "do": "keep", "audience": "draft", **told})
    send(elin, "/write", "Tänk om.", audience="direct", persons=[people.karin.public_id], **told)
    rows = [
        row
        for model in apps.get_models()
        for row in getattr(model, "everything", model._default_manager).all()
    ]
    stored = serializers.serialize("json", rows)
    assert len(json.loads(stored)) > 50 and "Tänk om." in stored
    assert "quite-good" not in stored and "believes" not in stored and "urgent" not in stored
    # Nor carried on when the sign-in has ended, or past the page that shows the result first.
    signed_out = Client().post("/write", {"text": "Tänk om.", **told}).content.decode()
    first = elin.post(
        "/write", {"text": "Öppet.", "audience": "public", "do": "send", **told}
    ).content.decode()
    assert "Tänk om." in signed_out and "As anyone will read it" in first
    assert "quite-good" not in signed_out + first and "urgent" not in signed_out + first


def wished(people: Cast, **more: object) -> str:
    """The address of a letter from Elin to Karin with a wish."""
    chosen = {"audience": "direct", "persons": [people.karin.public_id], "wishes": ["straight", "written"]}
    answer = send(client_of(people.elin), "/write", "Tänk om vi bytte stol.", **{**chosen, **more})
    assert answer.status_code == 302
    return str(answer["Location"]).partition("?")[0]


def test_the_wish_travels_with_the_letter(people: Cast) -> None:
    conversation = wished(people)
    karin = client_of(people.karin)
    html = page(karin, conversation)
    assert "Elin wants the answer straight and in writing." in html
    line = re.search(r'<article class="c d0[^"]*" id="([0-9a-f]{32})"', html)[1]  # type: ignore[index]
    assert "Elin wants the answer straight and in writing." in page(karin, f"/lines/{line}")
    # R26: the one who decides reads it before writing.
    assert "Elin wants the answer straight and in writing." in page(karin, f"/lines/{line}/answers")
    karin.defaults["HTTP_ACCEPT_LANGUAGE"] = "sv"
    assert "Elin vill ha svaret rakt och skriftligt." in page(karin, conversation)


def test_the_wish_is_seen_by_those_who_see_the_letter(people: Cast) -> None:
    conversation = wished(people)
    assert "wants the answer" not in client_of(people.amina).get(conversation).content.decode()
    assert Client().get(conversation).status_code == 404


def test_it_is_remembered_with_that_message_only(people: Cast) -> None:
    wished(people)
    elin = client_of(people.elin)
    assert not re.search(r'name="wishes" value="\w+" checked', page(elin, "/write"))
    _, line = address_of(letter("Ett annat brev.", people.elin, people.karin))
    assert "wants the answer" not in page(client_of(people.karin), f"/lines/{line}")


def test_the_wish_is_kept_with_the_draft_and_comes_back_when_undone(people: Cast) -> None:
    elin = client_of(people.elin)
    elin.post("/drafts", {"text": "Tänk om.", "place": "new", "wishes": ["gentle", "spoken"]})
    html = page(elin, "/write")
    assert re.findall(r'name="wishes" value="(\w+)" checked', html) == ["gentle", "spoken"]
    wished(people, wishes=["spoken"])
    line = Share.visible.to(viewer_for(people.elin.id)).get()
    address = address_of(line)[1]
    elin.post(f"/lines/{address}/undo")
    assert [draft.choices["wishes"] for draft in own_drafts(by=people.elin)] == [["spoken"]]


def test_a_wish_outlives_an_edit_and_shows_before_it_is_open_to_anyone(people: Cast) -> None:
    conversation = wished(people)
    elin = client_of(people.elin)
    line = address_of(Share.visible.to(viewer_for(people.elin.id)).get())[1]
    elin.post(f"/lines/{line}/revisions", {"text": "Tänk om vi bytte bord.", "do": "send", "way": "edit"})
    html = page(client_of(people.karin), conversation)
    assert "bytte bord" in html and "Elin wants the answer straight" in html
    first = elin.post("/write", {"text": "Öppet.", "audience": "public", "do": "send", "wishes": ["gentle"]})
    assert "Elin wants the answer gently." in first.content.decode()


def test_a_wish_that_is_none_is_refused_with_the_words_kept(people: Cast) -> None:
    answer = send(client_of(people.elin), "/write", "Tänk om.", audience="organisation", wishes=["loudly"])
    assert answer.status_code == 422 and typed(answer.content.decode()) == "Tänk om."
    assert AnswerWish.objects.count() == 0


def test_an_answer_has_no_adviser_and_carries_no_wish(people: Cast) -> None:
    _, line = address_of(to_all(Kind.IDEA, "En idé.", people.karin))
    elin = client_of(people.elin)
    html = page(elin, f"/lines/{line}/answers")
    assert 'id="adviser"' not in html and 'name="wishes"' not in html
    asked = elin.post(f"/lines/{line}/answers", {"text": "Ja.", "audience": "same", "do": "advise"})
    assert 'id="adviser"' not in asked.content.decode()
    send(elin, f"/lines/{line}/answers", "Ja.", audience="same", wishes=["straight"])
    assert AnswerWish.objects.count() == 0


def test_it_can_be_closed_for_good_and_found_again(people: Cast) -> None:
    elin, karin = client_of(people.elin), client_of(people.karin)
    closed = elin.post("/write", {"text": "Tänk om.", "audience": "draft", "do": "close-adviser"})
    html = closed.content.decode()
    assert 'id="adviser"' not in html and typed(html) == "Tänk om."
    assert "On your own page you can get it back." in html
    assert 'id="adviser"' not in page(elin, "/write")
    assert 'id="adviser"' not in advise(elin, people)
    # For oneself alone, and nothing of it is journalled.
    assert 'id="adviser"' in page(karin, "/write")
    assert not Entry.objects.filter(verb__contains="advis").exists()
    assert "Show the adviser" in page(elin, "/you")
    assert elin.post("/you/adviser", {"adviser": "on"})["Location"] == "/you"
    assert 'id="adviser"' in page(elin, "/write")
    elin.post("/you/adviser", {"adviser": "off"})
    assert 'id="adviser"' not in page(elin, "/write")
    assert Client().post("/you/adviser", {"adviser": "on"}).status_code == 302


@pytest.mark.parametrize(
    ("cases", "said"), [(4, "We do not know yet here."), (5, "at least 5 people have begun")]
)
def test_with_four_cases_and_with_five_the_page_differs(
    people: Cast, clock: Clock, cases: int, said: str
) -> None:
    for number in range(cases):
        person = actions.welcome(f"Ulf {number}", f"ulf{number}@avinge.example", by=people.leyla)
        letter("Ett brev.", person, people.karin)
    elin = client_of(people.elin)
    assert "We do not know yet here." in part(advise(elin, people), Rung.DIRECT)
    clock.at += 2 * DAY
    html = advise(client_of(people.elin), people)
    assert said in part(html, Rung.DIRECT)
    assert "We do not know yet here." in part(html, Rung.PUBLIC)


def test_no_single_letter_changes_a_page(people: Cast, clock: Clock) -> None:
    """A figure moves in steps of five persons: what one person does is seen in it by nobody."""
    elin = client_of(people.elin)
    pages = []
    for number in range(5):
        person = actions.welcome(f"Ulf {number}", f"ulf{number}@avinge.example", by=people.leyla)
        letter("Ett brev.", person, people.karin)
        clock.at += 2 * DAY
        elin = client_of(people.elin)
        pages.append(part(advise(elin, people), Rung.DIRECT))
    assert len(set(pages[:4])) == 1 and pages[4] != pages[3]


def test_without_the_open_rung_it_is_not_spoken_of(people: Cast, settings: object) -> None:
    settings.PUBLIC_RUNG = False  # type: ignore[attr-defined]
    html = advise(client_of(people.elin), people)
    assert 'id="advice-3"' in html and 'id="advice-4"' not in html


def test_the_cautious_path_is_as_complete_as_the_open_one(people: Cast) -> None:
    """R4: for one person there is as much to read as for anyone, and it stands first."""
    html = advise(client_of(people.elin), people, believes="bad")
    lines = {rung: re.findall(r"<(?:li|p|cite)\b", _section(html, rung)) for rung in Rung}
    assert lines[Rung.DIRECT] == lines[Rung.PUBLIC] and len(lines[Rung.DIRECT]) == 6
    assert html.index('id="advice-1"') < html.index('id="advice-4"')
