"""A conversation's page, as each may see it."""

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
