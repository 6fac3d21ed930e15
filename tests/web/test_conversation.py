"""A conversation's page, as each may see it."""

import re

import pytest
from django.test import Client

from communis.conversations.contributing import contribute, start
from communis.conversations.kinds import Kind
from communis.conversations.lines import address_of
from communis.conversations.revising import take_back
from communis.conversations.words import Quoted
from communis.openness.choosing import Choice
from communis.openness.rungs import Rung
from communis.people.accounts import Account
from communis.people.models import Person
from tests.cast import Cast, letter, open_post, to_all
from tests.clock import Clock
from tests.web.forms import client_of, page, seen_by


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(Account.objects.get(person=person))
    return client


def test_each_sees_the_letter_or_nothing(people: Cast) -> None:
    conversation, _ = address_of(letter("Tänk om vi bytte stol.", people.elin, people.karin))
    for person in (people.elin, people.karin):
        assert (
            "Tänk om vi bytte stol."
            in signed_in(person).get(f"/conversations/{conversation}").content.decode()
        )
    for client in (signed_in(people.amina), signed_in(people.leyla), Client()):
        hidden = client.get(f"/conversations/{conversation}")
        missing = client.get(f"/conversations/{'0' * 32}")
        assert hidden.status_code == missing.status_code == 404
        assert (
            hidden.content.replace(conversation.encode(), b"0" * 32).split(b"csrf")[0]
            == (missing.content.split(b"csrf")[0])
        )


def test_a_letter_nobody_has_answered_says_who_has_it(people: Cast, clock: Clock) -> None:
    conversation, _ = address_of(letter("Tänk om.", people.elin, people.karin))
    waits = "Nobody has answered yet. Karin has it in the list."

    def seen(person: Person) -> str:
        return page(client_of(person), f"/conversations/{conversation}")

    # Until it can no longer be undone nobody has been told.
    assert "Nobody has answered yet." in seen(people.elin) and waits not in seen(people.elin)
    clock.news()
    assert waits in seen(people.elin) and waits not in seen(people.karin)


def test_a_taken_back_contribution_is_one_stub(people: Cast) -> None:
    opening = to_all(Kind.IDEA, "Byt stol.", people.elin)
    conversation, line = address_of(opening)
    reply = contribute(line, "Hemligt ord", by=people.karin)
    contribute(address_of(reply)[1], "Varför?", by=people.amina)
    take_back(address_of(reply)[1], by=people.karin)
    page = signed_in(people.elin).get(f"/conversations/{conversation}").content.decode()
    assert "Hemligt ord" not in page and page.count('class="c stub') == 1 and "Varför?" in page


def test_words_answered_are_underlined_and_repeated(people: Cast) -> None:
    conversation, line = address_of(letter("Jag vet inte om det är en bra idé.", people.elin, people.karin))
    quoted = Quoted(line, "inte om det är en bra idé")
    contribute(line, "Det vet man sällan innan.", by=people.karin, quotes=[quoted])
    page = signed_in(people.elin).get(f"/conversations/{conversation}").content.decode()
    assert f'<blockquote class="about"><a href="#{line}">inte om det är en bra idé</a></blockquote>' in page


def test_a_narrow_answer_carries_its_rung(people: Cast) -> None:
    conversation, line = address_of(to_all(Kind.IDEA, "Byt stol.", people.elin))
    contribute(
        line, "Bara till dig.", by=people.karin, choice=Choice(Rung.DIRECT, persons=(people.elin.public_id,))
    )
    page = signed_in(people.elin).get(f"/conversations/{conversation}").content.decode()
    assert page.count('<span class="rung">') == 2
    assert (
        "Bara till dig." not in signed_in(people.amina).get(f"/conversations/{conversation}").content.decode()
    )


def test_one_person_or_us(people: Cast) -> None:
    """R27: the head line says whether one speaks to one person or to us."""
    for share, said in (
        (letter("Tänk om.", people.elin, people.karin), "Till en person"),
        (to_all(Kind.IDEA, "Byt stol.", people.elin), "Till oss"),
        (
            start(
                Kind.IDEA,
                "Till er två.",
                by=people.elin,
                choice=Choice(Rung.DIRECT, persons=(people.karin.public_id, people.amina.public_id)),
            ),
            "Till oss",
        ),
    ):
        page = signed_in(people.elin).get(f"/conversations/{address_of(share)[0]}").content.decode()
        assert f'<span class="mode">{said}</span>' in page


def test_nothing_new_is_nothing(people: Cast) -> None:
    share = to_all(Kind.IDEA, "Byt stol.", people.elin)
    conversation, line = address_of(share)
    client = signed_in(people.amina)
    quiet = client.get(f"/conversations/{conversation}/new?since={share.opened_at}")
    assert (quiet.status_code, quiet.content) == (204, b"")
    assert sum(len(name) + len(value) + 4 for name, value in quiet.items()) <= 300
    contribute(line, "Ja!", by=people.karin)
    assert client.get(f"/conversations/{conversation}/new?since={share.opened_at}").status_code == 200
    hidden = letter("Tänk om.", people.elin, people.karin)
    assert client.get(f"/conversations/{address_of(hidden)[0]}/new?since=0").status_code == 204


def test_an_open_post_is_read_signed_out(people: Cast) -> None:
    conversation, _ = address_of(open_post("Till alla.", people.karin))
    page = Client().get(f"/conversations/{conversation}")
    assert page.status_code == 200 and "Till alla." in page.content.decode()


@pytest.mark.parametrize("since", ["", "x", "-1", "9" * 40])
def test_odd_moments_are_taken_as_the_beginning(people: Cast, since: str) -> None:
    conversation, _ = address_of(to_all(Kind.IDEA, "Byt stol.", people.elin))
    assert signed_in(people.amina).get(f"/conversations/{conversation}/new?since={since}").status_code == 200


def test_a_long_conversation_lists_its_branches_at_the_top(people: Cast) -> None:
    conversation, line = address_of(open_post("Vad gör vi med tisdagarna?", people.karin))
    first = contribute(line, "Vi stryker dem. Resten får vänta.", by=people.amina)
    contribute(line, "Vi behåller dem.", by=people.elin)
    shown = page(client_of(people.elin), f"/conversations/{conversation}")
    assert "Branches:" not in shown
    below = address_of(first)[1]
    for number in range(20):
        contribute(below, f"Svar {number}", by=people.nadja)
    shown = page(client_of(people.elin), f"/conversations/{conversation}")
    assert "<summary>Branches: 2</summary>" in shown
    assert f'<li><a href="#{below}">Vi stryker dem.</a> <span class="by">Amina Warsame</span></li>' in shown


def test_each_paragraph_of_what_began_can_be_answered_where_it_ends(people: Cast) -> None:
    words = "Ett *stycke* här.\n\n- en rad\n- en [till](https://exempel.se)\n\nSlut."
    conversation, line = address_of(letter(words, people.elin, people.karin))
    shown = page(client_of(people.karin), f"/conversations/{conversation}")
    links = re.findall(r'<a class="here" href="(.*?)" aria-label="(.*?)">Answer here</a>', shown)
    assert links == [
        (f"/lines/{line}/answers?part={number}", f"Answer here: {part}")
        for number, part in enumerate(["Ett stycke här.", "en rad", "en till", "Slut."])
    ]
    assert '</a> <a class="here"' in shown and re.search(r"här\. <a class=\"here\".*?</a></p>", shown)
    asked = page(client_of(people.karin), links[2][0])
    assert "<blockquote>en till</blockquote>" in asked
    assert 'class="here"' not in Client().get(f"/conversations/{conversation}").content.decode()


def test_the_foot_answers_those_who_read_here_and_keeps_what_was_begun(people: Cast) -> None:
    conversation, _line = address_of(letter("Hej", people.elin, people.karin))
    karin = client_of(people.karin)
    shown = page(karin, f"/conversations/{conversation}")
    box = re.search(r'<form method="post" action="(/lines/\w+/answers)".*?</form>', shown, re.S)
    assert box and "Only Elin reads this." in box[0]
    fields = dict(re.findall(r'<input type="hidden" name="(key|place|audience)" value="(.*?)">', box[0]))
    karin.post("/drafts", {**fields, "text": "Begonnet"})
    shown = page(karin, f"/conversations/{conversation}")
    assert "Go on with your answer" in shown and "answer-readers" not in shown
    assert karin.post(box[1], {**fields, "text": "Svar", "do": "send"}).status_code == 302
    assert seen_by(people.elin) == ["Hej", "Svar"]
    shown = page(karin, f"/conversations/{conversation}")
    assert "answer-readers" in shown and "Go on with your answer" not in shown
    # The same form again is the same answer.
    karin.post(box[1], {**fields, "text": "Svar", "do": "send"})
    assert seen_by(people.elin) == ["Hej", "Svar"]
    assert "answer-readers" not in Client().get(f"/conversations/{conversation}").content.decode()
