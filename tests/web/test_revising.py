"""Undo, edit, correct, take back: one's own words alone, and said as it is."""

import re
from collections.abc import Iterator

import pytest

from communis.conversations.contributing import contribute
from communis.conversations.kinds import Kind
from communis.conversations.lines import address_of
from communis.conversations.models import Draft, Share
from communis.journal import moments
from communis.journal.models import Entry
from tests.cast import Cast, letter, to_all
from tests.web.forms import client_of, page, seen_by, send, typed


@pytest.fixture
def later() -> Iterator[list[int]]:
    """Add to the list to let time pass, in microseconds."""
    passed: list[int] = []
    moments.use_clock(lambda: moments.wall_clock() + sum(passed))
    yield passed
    moments.use_clock(moments.wall_clock)


def test_undone_within_the_minute_the_words_are_a_draft_again(people: Cast) -> None:
    elin = client_of(people.elin)
    answer = send(elin, "/write", "Tänk om.", audience="direct", persons=[people.karin.public_id])
    html = page(elin, answer["Location"])
    undo = re.search(r'action="(/lines/[0-9a-f]{32}/undo)"', html)[1]
    assert "nobody is told" in html
    line = undo.split("/")[2]
    karins = page(
        client_of(people.karin),
        f"/conversations/{answer['Location'].split('/')[2].partition('?')[0]}?sent={line}",
    )
    assert "/undo" not in karins
    back = elin.post(undo)
    assert (back.status_code, back["Location"]) == (302, "/write")
    html = page(elin, "/write")
    assert typed(html) == "Tänk om." and "Send to Karin" in html and "Undone. Nobody was told." in html
    assert seen_by(people.karin) == []
    assert elin.post(undo).status_code == 404


def test_an_undone_answer_goes_back_to_its_words(people: Cast) -> None:
    _, line = address_of(letter("Jag vet inte om det är en bra idé.", people.elin, people.karin))
    karin = client_of(people.karin)
    address = f"/lines/{line}/answers?words=bra+id%C3%A9&n=0"
    sent = send(karin, address, "Sällan.", audience="same", words="bra idé", n="0")
    own = re.search(r"sent=([0-9a-f]{32})", sent["Location"])[1]
    back = karin.post(f"/lines/{own}/undo")
    assert back["Location"] == address
    html = page(karin, address)
    assert typed(html) == "Sällan." and re.search(r'value="same" checked', html)


def test_undone_words_do_not_cover_what_was_begun_meanwhile(people: Cast) -> None:
    elin = client_of(people.elin)
    sent = send(elin, "/write", "Först.", audience="organisation")
    elin.post("/drafts", {"place": "new", "text": "Sedan"})
    back = elin.post(f"/lines/{re.search(r'sent=([0-9a-f]{32})', sent['Location'])[1]}/undo")
    assert typed(page(elin, "/write")) == "Sedan" and typed(page(elin, back["Location"])) == "Först."


def test_after_the_minute_it_is_said_to_be_over(people: Cast, later: list[int]) -> None:
    elin = client_of(people.elin)
    sent = send(elin, "/write", "Byt stol.", audience="organisation")
    line = re.search(r"sent=([0-9a-f]{32})", sent["Location"])[1]
    later.append(61 * moments.SECOND)
    assert "/undo" not in page(elin, sent["Location"])
    answer = elin.post(f"/lines/{line}/undo", follow=True)
    assert "The minute is over" in answer.content.decode()
    assert seen_by(people.karin) == ["Byt stol."] and Draft.objects.count() == 0


def test_a_question_is_undone_with_its_terms(people: Cast) -> None:
    karin = client_of(people.karin)
    terms = {"kind": "question", "level": "3", "scope": "Vad vi provar.", "hosts": [people.sofia.public_id]}
    sent = send(karin, "/write?kind=question", "Hur?", audience="organisation", **terms)
    karin.post(f"/lines/{re.search(r'sent=([0-9a-f]{32})', sent['Location'])[1]}/undo")
    html = page(karin, "/write")
    assert typed(html) == "Hur?" and "Vad vi provar." in html and people.sofia.public_id in html


def test_a_correction_says_so_and_shows_the_difference(people: Cast) -> None:
    conversation, line = address_of(letter("vi behöver inte vikarier", people.elin, people.karin))
    elin = client_of(people.elin)
    html = page(elin, f"/lines/{line}/revisions")
    assert (
        typed(html) == "vi behöver inte vikarier"
        and "Between you and Karin Sundvall. That stays as it is." in html
    )
    answer = elin.post(
        f"/lines/{line}/revisions", {"text": "vi behöver vikarier", "way": "correction", "do": "send"}
    )
    assert answer["Location"] == f"/conversations/{conversation}#{line}"
    history = page(client_of(people.karin), f"/lines/{line}/history")
    assert re.search(r"<del>\s*inte\s*</del>", history) and "corrected" in history
    assert seen_by(people.karin) == ["vi behöver vikarier"]
    assert Entry.objects.filter(verb="corrected").count() == 1 and Draft.objects.count() == 0


def test_a_small_edit_tells_nobody_and_can_be_looked_up(people: Cast) -> None:
    _, line = address_of(to_all(Kind.IDEA, "Byt stoll.", people.elin))
    elin = client_of(people.elin)
    elin.post(f"/lines/{line}/revisions", {"text": "Byt stol.", "way": "edit", "do": "send"})
    assert not Entry.objects.filter(verb="corrected").exists()
    history = page(client_of(people.amina), f"/lines/{line}/history")
    assert "<del>stoll</del>" in history and "<ins>stol</ins>" in history and "corrected" not in history


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"way": ""}, "Choose whether it is a small edit"),
        ({"text": " ", "way": "edit"}, "There are no words yet."),
    ],
)
def test_a_refused_change_keeps_the_words(people: Cast, fields: dict[str, str], said: str) -> None:
    _, line = address_of(to_all(Kind.IDEA, "Byt stol.", people.elin))
    answer = client_of(people.elin).post(
        f"/lines/{line}/revisions", {"text": "Nya ord", "do": "send", **fields}
    )
    html = answer.content.decode()
    assert answer.status_code == 422 and said in html and typed(html) == fields.get("text", "Nya ord")
    assert seen_by(people.karin) == ["Byt stol."]


def test_a_change_is_drafted_and_previewed(people: Cast) -> None:
    _, line = address_of(to_all(Kind.IDEA, "Byt stol.", people.elin))
    elin = client_of(people.elin)
    elin.post("/drafts", {"place": f"edit:{line}", "text": "Byt stol ibland.", "way": "correction"})
    html = page(elin, f"/lines/{line}/revisions")
    assert typed(html) == "Byt stol ibland." and 'value="correction" checked' in html
    assert f"/lines/{line}/revisions" in page(elin, "/drafts")
    shown = elin.post(f"/lines/{line}/revisions", {"text": "Ny", "do": "preview"}).content.decode()
    assert 'class="preview"' in shown and seen_by(people.karin) == ["Byt stol."]


def test_taking_back_says_what_it_does_not_do(people: Cast) -> None:
    _, line = address_of(to_all(Kind.IDEA, "Byt stol.", people.elin))
    reply = contribute(line, "Hemligt ord", by=people.karin)
    contribute(address_of(reply)[1], "Varför?", by=people.amina)
    karin = client_of(people.karin)
    own = address_of(reply)[1]
    html = page(karin, f"/lines/{own}/takings-back")
    assert "cannot be taken back" in html and "not erased" in html and "All employees" in html
    assert karin.post(f"/lines/{own}/takings-back").status_code == 302
    assert seen_by(people.amina) == ["Byt stol.", "Varför?"]
    assert karin.get(f"/lines/{own}/history").status_code == 404
    assert karin.post(f"/lines/{own}/takings-back").status_code == 404


def test_the_whole_conversation_taken_back_leads_to_the_front(people: Cast) -> None:
    _, line = address_of(letter("Ångrar mig.", people.elin, people.karin))
    assert client_of(people.elin).post(f"/lines/{line}/takings-back")["Location"] == "/"
    assert Share.everything.filter(ended_at=None).count() == 0
