"""Writing through the forms: who reads is always said truly, and no word is lost."""

import re
from collections.abc import Iterator

import pytest
from django.test import Client
from django.utils import translation

from communis.conversations.contributing import contribute, start
from communis.conversations.kinds import Kind
from communis.conversations.lines import address_of
from communis.conversations.models import Anchor, Draft, QuestionTerms, Share
from communis.openness.choosing import Choice
from communis.openness.rungs import Rung
from communis.people import actions
from communis.people.holdings import viewer_for
from communis.people.models import Circle, Person
from communis.web.audience_words import describe
from tests.cast import Cast, letter, open_post, to_all, to_circle
from tests.web.forms import client_of, key_on, page, seen_by, send, typed


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


def test_a_letter_reaches_the_one_chosen(people: Cast) -> None:
    elin = client_of(people.elin)
    answer = send(
        elin, "/write", "Tänk om vi bytte stol.", audience="direct", persons=[people.karin.public_id]
    )
    assert answer.status_code == 302 and answer["Location"].startswith("/conversations/")
    assert seen_by(people.karin) == ["Tänk om vi bytte stol."]
    assert seen_by(people.amina) == []
    assert Draft.objects.count() == 0


def test_the_row_the_sentence_and_the_button_say_the_same(people: Cast) -> None:
    html = page(client_of(people.elin), f"/write?to={people.karin.public_id}")
    assert "Direct – Karin Sundvall" in html
    assert "Only Karin reads this. Karin is told in a minute, when you can no longer undo." in html
    assert "Send to Karin" in html
    assert "All employees – 8 people" in html and "Show to all employees" in html
    assert "Private is not secret." in html


def test_two_of_one_first_name_are_called_by_their_whole_names(people: Cast) -> None:
    other = actions.welcome("Karin Ek", "karin.ek@avinge.example", by=people.leyla)
    elin = client_of(people.elin)
    html = elin.post(
        "/write", {"text": "Hej", "audience": "direct", "persons": [people.karin.public_id, other.public_id]}
    ).content.decode()
    assert "Send to Karin Ek and Karin Sundvall" in html


def test_the_number_of_a_circle_only_where_one_may_look_into_it(people: Cast) -> None:
    outside = page(client_of(people.elin), f"/write?circle={people.management.public_id}")
    assert "Kommunledningen" in outside and "Show to Kommunledningen" in outside
    assert not re.search(r"Kommunledningen, \d", outside) and "3 in Kommunledningen" not in outside
    inside = page(client_of(people.sofia), f"/write?circle={people.management.public_id}")
    assert "Kommunledningen, 3 people" in inside and "Show to 3 in Kommunledningen" in inside


def test_a_secret_circle_is_not_offered_and_a_secret_one_inside_hides_the_number(people: Cast) -> None:
    secret = actions.found_circle("Hemliga", by=people.amina, sight=Circle.Sight.SECRET)
    assert "Hemliga" not in page(client_of(people.elin), "/write")
    assert "Matsvinnsgruppen, 2 people" in page(client_of(people.elin), "/write")
    actions.let_in(people.johan, secret, by=people.amina)
    actions.nest(secret, people.food_waste, by=people.amina)
    outside = page(client_of(people.nadja), "/write")
    assert "Matsvinnsgruppen" in outside and "Matsvinnsgruppen, " not in outside
    assert "Matsvinnsgruppen, 3 people" in page(client_of(people.amina), "/write")


def test_later_joiners_are_told_of_truly(people: Cast) -> None:
    html = page(client_of(people.amina), "/write")
    for circle, sentence in ((people.care_home, "do not see it"), (people.food_waste, "can read it too")):
        option = re.search(rf'<option value="{circle.public_id}".*?</option>', html, re.S)[0]
        assert f"Those who join later {sentence}." in option


def test_persons_are_found_by_name_and_the_protected_by_nobody(people: Cast) -> None:
    elin = client_of(people.elin)
    html = elin.post("/write", {"text": "Hej", "person_words": "åker", "do": "find"}).content.decode()
    assert people.johan.public_id in html and typed(html) == "Hej"
    html = elin.post("/write", {"text": "Hej", "person_words": "Vera", "do": "find"}).content.decode()
    assert people.vera.public_id not in html and "Nobody of that name" in html
    answer = send(elin, "/write", "Till Vera", audience="direct", persons=[people.vera.public_id])
    missing = send(elin, "/write", "Till Vera", audience="direct", persons=["0" * 32])
    said = "One of those chosen cannot be written to here."
    assert answer.status_code == missing.status_code == 422
    assert said in answer.content.decode() and said in missing.content.decode()


def test_an_answer_has_the_audience_it_answers_and_nothing_wider(people: Cast) -> None:
    _, line = address_of(letter("Tänk om.", people.elin, people.karin))
    karin = client_of(people.karin)
    html = page(karin, f"/lines/{line}/answers")
    assert re.findall(r'name="audience" value="(\w+)"', html) == ["draft", "same"]
    assert "What you answer is read by: you and Elin Forsgren." in html
    assert "Tänk om." in html and "Send to Elin" in html
    assert send(karin, f"/lines/{line}/answers", "Till alla!", audience="organisation").status_code == 422
    assert send(karin, f"/lines/{line}/answers", "Gärna.", audience="same").status_code == 302
    assert seen_by(people.elin) == ["Tänk om.", "Gärna."] and seen_by(people.amina) == []


def test_an_answer_in_a_circle_can_be_narrower(people: Cast) -> None:
    _, line = address_of(to_circle("Halva portionen.", people.amina, people.food_waste))
    nadja = client_of(people.nadja)
    html = page(nadja, f"/lines/{line}/answers")
    assert re.findall(r'name="audience" value="(\w+)"', html) == ["draft", "direct", "circle", "same"]
    assert people.care_home.public_id not in html
    outsider = nadja.post(f"/lines/{line}/answers", {"text": "x", "person_words": "Elin", "do": "find"})
    assert people.elin.public_id not in outsider.content.decode()
    answer = send(
        nadja, f"/lines/{line}/answers", "Bara du.", audience="direct", persons=[people.amina.public_id]
    )
    assert answer.status_code == 302
    refused = send(
        nadja, f"/lines/{line}/answers", "Till Elin.", audience="direct", persons=[people.elin.public_id]
    )
    assert refused.status_code == 422 and "Till Elin." in refused.content.decode()


def test_a_protected_writer_is_named_to_the_one_she_wrote_to_and_counted_to_others(people: Cast) -> None:
    to_both = Choice(Rung.DIRECT, persons=(people.karin.public_id, people.elin.public_id))
    share = start(Kind.IDEA, "Från Vera.", by=people.vera, choice=to_both)
    assert "Send to Elin and Vera" in page(client_of(people.karin), f"/lines/{address_of(share)[1]}/answers")
    described = describe(share.audience_id, viewer_for(people.karin.id))
    assert described == "Between you and Elin Forsgren and one more person"


def test_hidden_and_missing_answer_alike(people: Cast) -> None:
    _, line = address_of(letter("Tänk om.", people.elin, people.karin))
    amina = client_of(people.amina)
    for below in ("answers", "revisions", "history", "takings-back", "undo", "files/1", "files/1/small"):
        for method in (amina.get, amina.post):
            hidden, missing = method(f"/lines/{line}/{below}"), method(f"/lines/{'0' * 32}/{below}")
            assert hidden.status_code == missing.status_code in (404, 405), below
            assert _same(hidden.content, line) == _same(missing.content, "0" * 32), below
    # Those who see it and did not write it are told no more about changing it.
    for below in ("revisions", "takings-back"):
        assert client_of(people.karin).get(f"/lines/{line}/{below}").status_code == 404


def _same(content: bytes, line: str) -> bytes:
    return re.sub(rb'value="[A-Za-z0-9]{64}"', b"", content.replace(line.encode(), b"LINE"))


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"text": "  "}, "There are no words yet."),
        ({"audience": "direct", "persons": []}, "Choose who should read it"),
        ({"audience": "circle", "circle": ""}, "Choose which circle"),
        ({"audience": "everyone"}, "Choose who should read it."),
        ({"byline": "kejsare"}, "You do not hold that role now."),
        ({"kind": "question"}, "Choose how much can be influenced."),
        ({"kind": "question", "level": "9", "scope": "Allt"}, "Choose how much can be influenced."),
        ({"kind": "question", "level": "2", "scope": ""}, "Say what can be influenced"),
        (
            {"kind": "question", "level": "2", "scope": "Allt", "answer_by": "snart"},
            "Write the day like this",
        ),
    ],
)
def test_a_refusal_keeps_everything_typed(people: Cast, fields: dict[str, str], said: str) -> None:
    whole = {
        "text": "Åäö <b>& ett halvt ord",
        "audience": "organisation",
        "persons": [people.karin.public_id],
        "circle": people.food_waste.public_id,
        "scope": "Det mesta",
        "hosts": [people.sofia.public_id],
        **fields,
    }
    answer = send(client_of(people.elin), "/write", str(whole.pop("text")), **whole)
    html = answer.content.decode()
    assert answer.status_code == 422 and said in html
    if "text" not in fields:
        assert typed(html) == "Åäö &lt;b&gt;&amp; ett halvt ord"
    assert f'value="{people.food_waste.public_id}" selected' in html or "circle" in fields
    assert (
        re.search(rf'name="persons" value="{people.karin.public_id}"[^>]*checked', html)
        or "persons" in fields
    )
    if fields.get("kind") == "question":
        assert re.search(rf'name="hosts" value="{people.sofia.public_id}"[^>]*checked', html)
        assert fields.get("answer_by", "") in html
    assert Share.everything.count() == 0


def test_too_long_a_text_is_given_back_whole(people: Cast) -> None:
    answer = send(client_of(people.elin), "/write", "å" * 100_001, audience="organisation")
    assert answer.status_code == 422 and typed(answer.content.decode()) == "å" * 100_001


def test_a_question_says_its_terms(people: Cast) -> None:
    answer = send(
        client_of(people.karin),
        "/write?kind=question",
        "Hur blir vi mer nyskapande?",
        kind="question",
        audience="organisation",
        level="3",
        scope="Vad vi provar och hur.",
        answer_by="2030-03-31",
        hosts=[people.sofia.public_id],
    )
    assert answer.status_code == 302
    terms = QuestionTerms.objects.get()
    assert (terms.level, terms.scope, str(terms.answer_by)) == (3, "Vad vi provar och hur.", "2030-03-31")
    html = page(client_of(people.elin), answer["Location"].partition("?")[0])
    assert "Karin Sundvall" in html and "Sofia Kvist" in html


def test_a_role_held_now_can_be_the_byline(people: Cast) -> None:
    answer = send(
        client_of(people.karin), "/write", "Vi provar.", audience="organisation", byline="kommundirektör"
    )
    html = page(client_of(people.elin), answer["Location"].partition("?")[0])
    assert "Karin Sundvall, kommundirektör" in html


def test_the_same_form_twice_is_one_contribution(people: Cast) -> None:
    elin = client_of(people.elin)
    fields = {
        "key": key_on(page(elin, "/write")),
        "text": "Byt stol.",
        "audience": "organisation",
        "do": "send",
    }
    first, again = elin.post("/write", fields), elin.post("/write", fields)
    assert first["Location"] == again["Location"] and Share.everything.count() == 1
    assert Draft.objects.count() == 0
    # Back, other words, send: they are not lost and not silently taken for the first.
    other = elin.post("/write", {**fields, "text": "Byt stol, en gång i månaden."})
    html = other.content.decode()
    assert other.status_code == 422 and typed(html) == "Byt stol, en gång i månaden."
    assert elin.post("/write", {**fields, "text": typed(html), "key": key_on(html)}).status_code == 302
    assert Share.everything.count() == 2


def test_whoever_the_button_did_not_name_is_asked_about_first(people: Cast) -> None:
    elin = client_of(people.elin)
    html = page(elin, f"/write?to={people.karin.public_id}")
    fields = {"key": key_on(html), "text": "Hej", "audience": "direct", "do": "send"}
    fields["said_persons"] = re.search(r'name="said_persons" value="(\w+)"', html)[1]
    other = elin.post("/write", {**fields, "persons": [people.amina.public_id]})
    assert other.status_code == 200 and "Send to Amina" in other.content.decode()
    assert Share.everything.count() == 0
    assert elin.post("/write", {**fields, "persons": [people.karin.public_id]}).status_code == 302


def test_what_is_opened_to_anyone_is_shown_first(people: Cast) -> None:
    elin = client_of(people.elin)
    fields = {"key": key_on(page(elin, "/write")), "text": "Till alla.", "audience": "public", "do": "send"}
    first = elin.post("/write", fields)
    html = first.content.decode()
    assert first.status_code == 200 and "As anyone will read it" in html and Share.everything.count() == 0
    fields.update(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', html))
    assert fields["text"] == "Till alla."
    back = elin.post("/write", {**fields, "do": "go-on"}).content.decode()
    assert typed(back) == "Till alla."
    assert elin.post("/write", {**fields, "do": "confirm"}).status_code == 302
    assert Client().get(f"/conversations/{_only_conversation()}").status_code == 200


def _only_conversation() -> str:
    return address_of(Share.everything.get())[0]


def test_the_widest_rung_can_be_switched_off(people: Cast, settings: object) -> None:
    settings.PUBLIC_RUNG = False
    elin = client_of(people.elin)
    assert 'name="audience" value="public"' not in page(elin, "/write")
    assert send(elin, "/write", "Till alla.", audience="public").status_code == 422


def test_answering_words_and_quoting_them(people: Cast) -> None:
    _, line = address_of(letter("Jag vet inte om det är en bra idé.", people.elin, people.karin))
    karin = client_of(people.karin)
    address = f"/lines/{line}/answers?words=en+bra+idé&n=0"
    html = page(karin, address)
    assert "<blockquote>en bra idé</blockquote>" in html
    sent = send(karin, address, "Det vet man sällan.", audience="same", words="en bra idé", n="0")
    assert sent.status_code == 302 and Anchor.objects.get().quote is False
    quoting = page(karin, f"{address}&quote=1")
    assert typed(quoting).startswith("&gt; en bra idé\n")
    whole = page(karin, f"/lines/{line}/answers?quote=1")
    assert typed(whole).startswith("&gt; Jag vet inte om det är en bra idé.\n")
    fields = {"audience": "same", "words": "en bra idé", "n": "0", "quote": "1"}
    send(karin, f"{address}&quote=1", "> en bra idé\n\nJust det.", **fields)
    assert Anchor.objects.filter(quote=True).count() == 1


def test_words_that_are_gone_are_said_to_be(people: Cast) -> None:
    _, line = address_of(letter("Tänk om.", people.elin, people.karin))
    html = page(client_of(people.karin), f"/lines/{line}/answers?words=annat")
    assert "The words you chose are not in the text any more." in html


def test_the_question_is_in_sight_where_one_answers(people: Cast) -> None:
    opening = to_all(Kind.IDEA, "Ska vi byta stol?", people.elin)
    reply = contribute(address_of(opening)[1], "Ja!", by=people.karin)
    html = page(client_of(people.amina), f"/lines/{address_of(reply)[1]}/answers")
    assert "You are answering: Ska vi byta stol?" in html and "Ja!" in html


def test_a_preview_shows_the_words_and_sends_nothing(people: Cast) -> None:
    _, line = address_of(letter("Hemligt om löner.", people.elin, people.karin))
    amina = client_of(people.amina)
    text = f"Se http://testserver/lines/{line}"
    part = amina.post("/previews", {"text": text}, headers={"HX-Request": "true"}).content.decode()
    assert line in part and "Hemligt" not in part and "<html" not in part
    whole = amina.post("/write", {"text": text, "do": "preview"}).content.decode()
    assert 'class="preview"' in whole and typed(whole) == text
    assert Share.everything.count() == 1


def test_listening_and_keeping_silent(people: Cast) -> None:
    conversation, _ = address_of(to_all(Kind.IDEA, "Byt stol.", people.elin))
    amina = client_of(people.amina)
    for way, said in (
        ("listen", "You listen:"),
        ("silent", "Silent:"),
        ("neither", "You are told of answers"),
    ):
        answer = amina.post(f"/conversations/{conversation}/following", {"way": way}, follow=True)
        assert said in answer.content.decode()
    assert said in page(client_of(people.johan), f"/conversations/{conversation}")
    hidden, _ = address_of(letter("Tänk om.", people.elin, people.karin))
    assert amina.post(f"/conversations/{hidden}/following", {"way": "listen"}).status_code == 404


def test_a_mention_and_signed_out(people: Cast) -> None:
    _, line = address_of(open_post("Till alla.", people.karin))
    for address in ("/write", f"/lines/{line}/answers", "/drafts"):
        assert Client().get(address).status_code == 302


def test_who_has_left_is_said_to_be_unreachable(people: Cast) -> None:
    share = letter("Tänk om.", people.elin, people.johan)
    actions.close_sign_in(people.johan, by=people.leyla)
    html = page(client_of(people.elin), f"/lines/{address_of(share)[1]}/answers")
    assert "Johan cannot sign in any longer, so nobody is told." in html


def test_where_circles_are_many_ones_own_are_offered_and_others_sought(people: Cast) -> None:
    for number in range(31):
        actions.found_circle(f"Krets {number:02}", by=people.johan)
    nadja = client_of(people.nadja)
    html = page(nadja, "/write")
    assert "Matsvinnsgruppen, 2 people" in html and "Krets 07" not in html
    found = nadja.post("/write", {"text": "Hej", "circle_words": "krets 07", "do": "find"}).content.decode()
    assert "Krets 07, 1 person" in found and "Krets 08" not in found and typed(found) == "Hej"


ANOTHER = "belong to another authority or company."


def authorities(people: Cast) -> None:
    """Elin works for the municipality, and a company has a unit; who is in which of its circles the tests say."""
    home = actions.found_circle("Hemtjänst", by=people.leyla, unit=True, authority="Åvinge kommun")
    actions.let_in(people.elin, home, by=people.leyla)


def company(people: Cast, *members: Person, sight: Circle.Sight = Circle.Sight.LISTED) -> Circle:
    unit = actions.found_circle(
        "Bostäder", by=people.leyla, unit=True, authority="Åvinge Bostäder AB", sight=sight
    )
    for person in members:
        actions.let_in(person, unit, by=people.leyla)
    return unit


def unchanging(client: Client, circle: Circle) -> str:
    """The page on which one writes to the circle, but what is drawn anew each time, and but how many are in which."""
    html = page(client, f"/write?circle={circle.public_id}")
    return re.sub(r'value="\w{32,}"|nonce="[^"]*"|csrf[^>]*>|\d+ (person|people)|Show to \d+', "", html)


def test_first_words_to_a_circle_of_another_authority_say_so(people: Cast) -> None:
    """D5: one quiet line; nothing stops, and there is no page more."""
    authorities(people)
    unit = company(people, people.johan)
    elin = client_of(people.elin)
    html = page(elin, f"/write?circle={unit.public_id}")
    line = re.search(
        r'<span class="quiet for chosen" data-audience="circle" id="border-circle">(.*?)</span>', html
    )
    assert line is not None and ANOTHER in line[1] and "data-border=" in html
    answer = send(
        elin, "/write", "Hej.", audience="circle", circle=unit.public_id, said_circle=unit.public_id
    )
    assert answer.status_code == 302
    other = page(elin, f"/write?circle={people.food_waste.public_id}").split('id="border-circle">')[1]
    assert other.startswith("</span>")


def test_persons_of_another_authority_in_a_circle_of_ones_own_are_seen(people: Cast) -> None:
    """Amina and Nadja handle food waste together; the circle belongs to no authority, Nadja to the company."""
    authorities(people)
    elin = client_of(people.elin)
    assert ANOTHER not in unchanging(elin, people.food_waste)
    company(people, people.nadja)
    assert ANOTHER in unchanging(elin, people.food_waste).split('id="border-circle">')[1].split("</span>")[0]


def test_whoever_has_no_authority_is_told_nothing(people: Cast) -> None:
    unit = company(people, people.nadja)
    assert ANOTHER not in unchanging(client_of(people.elin), unit)


@pytest.mark.parametrize("hidden", ["circle", "unit", "protected"])
def test_who_is_in_a_circle_one_may_not_look_into_is_not_told(people: Cast, hidden: str) -> None:
    """The page is the same, byte by byte, with and without somebody of another authority in it."""
    authorities(people)
    sight = Circle.Sight.NAMED if hidden == "unit" else Circle.Sight.LISTED
    unit = company(people, people.sofia, sight=sight)
    named = actions.found_circle("Rådet", by=people.amina, sight=Circle.Sight.NAMED)
    into = named if hidden == "circle" else people.food_waste
    who = {"circle": people.sofia, "unit": people.johan, "protected": people.vera}[hidden]
    elin = client_of(people.elin)
    actions.let_in(who, into, by=people.amina)
    before = unchanging(elin, into)
    if hidden == "circle":
        actions.leave(who, into, by=who)
        actions.let_in(people.johan, into, by=people.amina)
    else:
        actions.let_in(who, unit, by=people.leyla)
    assert unchanging(elin, into) == before


def test_an_answer_in_the_circle_says_nothing_of_it(people: Cast) -> None:
    authorities(people)
    company(people, people.nadja)
    actions.let_in(people.elin, people.food_waste, by=people.amina)
    share = to_circle("Vem slänger mest?", people.amina, people.food_waste)
    html = page(client_of(people.elin), f"/lines/{address_of(share)[1]}/answers")
    assert ANOTHER not in html
