"""Kept threads: the same bytes as drawn anew, for those who see the same and nobody else, until anything changes."""

import ast
import re

import pytest
from django.contrib.messages import INFO
from django.contrib.messages.storage.cookie import CookieStorage
from django.db import connection
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from communis.conversations.contributing import contribute
from communis.conversations.kinds import Kind
from communis.conversations.lines import address_of
from communis.conversations.models import Share
from communis.conversations.revising import revise, take_back
from communis.openness.choosing import Choice
from communis.openness.rungs import Rung
from communis.people import actions
from communis.people.models import Person
from communis.people.own_page import describe_oneself
from communis.people.stewarding import set_protected
from communis.web.contributions import Articles
from communis.web.kept_threads import Kept, Thread, public_frames, threads
from tests.addresses import normalise
from tests.cast import Cast, letter, open_post, to_all, to_circle
from tests.test_gate_source import sources
from tests.web.forms import client_of

pytestmark = pytest.mark.django_db


def thread_of(client: Client, share: Share) -> str:
    """The page without the forms, whose tokens differ at every look."""
    page = client.get(f"/conversations/{address_of(share)[0]}")
    assert page.status_code == 200
    return str(page.content.decode().partition("<main")[2].partition("<form")[0])


def statements(client: Client, share: Share) -> int:
    with CaptureQueriesContext(connection) as asked:
        thread_of(client, share)
    return len(asked)


def drawn_anew(client: Client, share: Share) -> str:
    threads.clear()
    public_frames.clear()
    return thread_of(client, share)


def only_to(share: Share, text: str, by: Person, to: Person) -> Share:
    choice = Choice(Rung.DIRECT, persons=(to.public_id,))
    return contribute(address_of(share)[1], text, by=by, choice=choice)


def test_a_second_look_is_the_same_and_reads_less(people: Cast) -> None:
    share = to_all(Kind.IDEA, "Byt stol.", people.elin)
    contribute(address_of(share)[1], "Gärna.", by=people.amina)
    karin, johan = client_of(people.karin), client_of(people.johan)
    thread_of(karin, share)
    first = statements(karin, share)
    assert thread_of(karin, share) == thread_of(johan, share) == drawn_anew(karin, share)
    threads.clear()
    assert first < statements(karin, share)


def test_what_is_hidden_neither_shows_nor_draws_anew(people: Cast) -> None:
    share = to_all(Kind.IDEA, "Byt stol.", people.elin)
    johan = client_of(people.johan)
    before = thread_of(johan, share)
    first = statements(johan, share)
    secret = only_to(share, "Hemligt.", people.karin, people.elin)
    revise(address_of(secret)[1], "Ännu hemligare.", by=people.karin)
    assert statements(johan, share) == first
    assert thread_of(johan, share) == before
    take_back(address_of(secret)[1], by=people.karin)
    assert statements(johan, share) == first
    assert thread_of(johan, share) == before == drawn_anew(johan, share)


def test_who_sees_more_and_who_sees_less_never_share(people: Cast) -> None:
    share = to_all(Kind.IDEA, "Byt stol.", people.elin)
    only_to(share, "Hemligt.", people.karin, people.elin)
    for reader, sees in [
        (people.elin, True),
        (people.johan, False),
        (people.karin, True),
        (people.amina, False),
    ]:
        assert ("Hemligt." in thread_of(client_of(reader), share)) == sees


def test_the_public_and_employees_have_each_their_own(people: Cast) -> None:
    share = open_post("Vi bytte stolar.", people.elin)
    inside = thread_of(client_of(people.karin), share)
    assert f"/people/{people.elin.public_id}" in inside
    assert f"/people/{people.elin.public_id}" not in thread_of(Client(), share)


def test_a_second_visitor_gets_the_same_page_with_a_token_of_their_own(people: Cast) -> None:
    share = open_post("Vi bytte stolar.", people.elin)
    address = f"/conversations/{address_of(share)[0]}"
    public_frames.clear()
    first, second, third = (Client().get(address) for _ in range(3))
    for other in (second, third):
        assert other.status_code == 200
        assert normalise(other).body == normalise(first).body
        assert {name: value for name, value in normalise(other).headers} == dict(normalise(first).headers)
    tokens = {
        re.search(r'csrfmiddlewaretoken" value="(\w+)"', page.content.decode())[1] for page in (first, second)
    }
    assert len(tokens) == 2
    # The token of a kept page is taken: it is the visitor's own.
    visitor = Client(enforce_csrf_checks=True)
    visitor.get(address)
    token = (
        visitor.get(address).content.decode().partition('csrfmiddlewaretoken" value="')[2].partition('"')[0]
    )
    chosen = {"csrfmiddlewaretoken": token, "language": "en", "next": address}
    assert visitor.post("/language", chosen).status_code == 302
    assert "Answers" in visitor.get(address).content.decode()


def test_what_is_said_to_one_visitor_is_said_to_no_other(people: Cast) -> None:
    share = open_post("Vi bytte stolar.", people.elin)
    address = f"/conversations/{address_of(share)[0]}"
    Client().get(address)
    told, waiting, carrier = Client(), CookieStorage(RequestFactory().get("/")), HttpResponse()
    waiting.add(INFO, "Bara till dig.")
    waiting.update(carrier)
    told.cookies["messages"] = carrier.cookies["messages"].value
    assert "Bara till dig." in told.get(address).content.decode()
    assert "Bara till dig." not in Client().get(address).content.decode()
    Client().get(f"{address}?mark=me")
    assert "mark=me" not in Client().get(address).content.decode()


def test_each_language_has_its_own(people: Cast) -> None:
    share = to_all(Kind.IDEA, "Byt stol.", people.elin)
    contribute(address_of(share)[1], "Gärna.", by=people.amina)
    client = client_of(people.karin)
    assert ">Answer<" in thread_of(client, share)
    swedish = client.get(f"/conversations/{address_of(share)[0]}", headers={"accept-language": "sv"})
    assert ">Svara<" in swedish.content.decode()


def a_new_name_shows_at_the_next_look(people: Cast) -> None:
    share = to_all(Kind.IDEA, "Byt stol.", people.elin)
    karin = client_of(people.karin)
    assert "Elin Forsgren" in thread_of(karin, share)
    describe_oneself("Elin Lind", "", by=people.elin)
    page = thread_of(karin, share)
    assert "Elin Lind" in page and "Elin Forsgren" not in page


def test_a_new_name_shows_at_the_next_look(people: Cast) -> None:
    a_new_name_shows_at_the_next_look(people)


def test_protection_and_a_closed_sign_in_show_at_the_next_look(people: Cast) -> None:
    share = to_all(Kind.IDEA, "Byt stol.", people.elin)
    karin, link = client_of(people.karin), f'<a class="name" href="/people/{people.elin.public_id}">'
    assert link in thread_of(karin, share)
    set_protected(people.elin, True, by=people.leyla)
    assert link not in thread_of(karin, share)
    set_protected(people.elin, False, by=people.leyla)
    assert link in thread_of(karin, share)
    actions.close_sign_in(people.elin, by=people.leyla)
    assert link not in thread_of(karin, share)
    actions.open_sign_in(people.elin, by=people.leyla)
    assert link in thread_of(karin, share)


def an_answer_said_changed_and_taken_back_shows_at_the_next_look(people: Cast) -> None:
    share = to_all(Kind.IDEA, "Byt stol.", people.elin)
    karin = client_of(people.karin)
    thread_of(karin, share)
    line = address_of(contribute(address_of(share)[1], "Gärna i morgon.", by=people.amina))[1]
    assert "Gärna i morgon." in thread_of(karin, share)
    revise(line, "Hellre i dag.", by=people.amina)
    page = thread_of(karin, share)
    assert "Hellre i dag." in page and "Gärna i morgon." not in page
    take_back(line, by=people.amina)
    assert "Hellre i dag." not in thread_of(karin, share)


def test_an_answer_said_changed_and_taken_back_shows_at_the_next_look(people: Cast) -> None:
    an_answer_said_changed_and_taken_back_shows_at_the_next_look(people)


def test_an_end_that_leaves_the_newest_standing_shows_too(people: Cast) -> None:
    share = to_all(Kind.IDEA, "Byt stol.", people.elin)
    older = contribute(address_of(share)[1], "Det äldre.", by=people.amina)
    contribute(address_of(share)[1], "Det nyare.", by=people.amina)
    karin = client_of(people.karin)
    assert "Det äldre." in thread_of(karin, share)
    take_back(address_of(older)[1], by=people.amina)
    assert "Det äldre." not in thread_of(karin, share)


def test_leaving_and_joining_a_circle_show_at_the_next_look(people: Cast) -> None:
    share = to_all(Kind.IDEA, "Byt stol.", people.elin)
    circle = Choice(Rung.CIRCLE, circles=(people.care_home.public_id,))
    actions.let_in(people.johan, people.care_home, by=people.amina)
    contribute(address_of(share)[1], "Bara oss.", by=people.amina, choice=circle)
    amina, johan = client_of(people.amina), client_of(people.johan)
    assert "Bara oss." in thread_of(amina, share) and "Bara oss." in thread_of(johan, share)
    actions.leave(people.johan, people.care_home, by=people.johan)
    assert "Bara oss." not in thread_of(johan, share)
    # This circle gives no history: back in it, he sees what is said from now on.
    actions.let_in(people.johan, people.care_home, by=people.amina)
    contribute(address_of(share)[1], "Nu du med.", by=people.amina, choice=circle)
    page = thread_of(johan, share)
    assert "Nu du med." in page and "Bara oss." not in page
    assert "Bara oss." in thread_of(amina, share)


def test_what_is_new_is_marked_for_each_reader_alone(people: Cast) -> None:
    share = to_all(Kind.IDEA, "Byt stol.", people.elin)
    karin, amina, johan = (client_of(one) for one in (people.karin, people.amina, people.johan))
    for client in (karin, amina):
        thread_of(client, share)
    line = address_of(contribute(address_of(share)[1], "Gärna.", by=people.amina))[1]
    marked = f'<article class="c d1 new" id="{line}">'
    page = thread_of(karin, share)
    assert marked in page and page.count('<span class="new-word">New</span>') == 1
    # Her own words are not new to her, he was never here before, and who has looked has looked.
    for client in (amina, johan, karin):
        page = thread_of(client, share)
        assert f'<article class="c d1" id="{line}">' in page and "new-word" not in page


def test_a_letter_says_to_each_whom_it_is_between(people: Cast) -> None:
    share = letter("Tänk om.", people.elin, people.karin)
    both = [
        client_of(one).get(f"/conversations/{address_of(share)[0]}") for one in (people.elin, people.karin)
    ]
    assert ["Between you and Karin Sundvall" in page.content.decode() for page in both] == [True, False]
    assert ["Between you and Elin Forsgren" in page.content.decode() for page in both] == [False, True]


def test_a_circle_that_lost_its_only_words_is_not_there(people: Cast) -> None:
    share = to_circle("Bara oss.", people.amina, people.care_home)
    amina = client_of(people.amina)
    thread_of(amina, share)
    take_back(address_of(share)[1], by=people.amina)
    assert amina.get(f"/conversations/{address_of(share)[0]}").status_code == 404


def test_only_so_many_bytes_are_kept() -> None:
    def thread(size: int) -> Thread:
        nothing = Articles((), ())
        words = Articles((b"x" * size,), ())
        return Thread(
            None,
            "",
            4,
            0,
            True,
            True,
            False,
            (),
            {},
            False,
            frozenset(),
            nothing,
            nothing,
            (),
            (),
            b"",
            words,
            nothing,
        )

    some: Kept[Thread] = Kept(2_000)
    for name in ("first", "second", "third"):
        some.keep(name, thread(500))
        some.get("first")
    assert some.get("first") and some.get("second") is None and some.get("third")
    some.keep("first", thread(1_000))
    some.keep("large", thread(5_000))
    assert not some.things and some.taken == 0


# What a thread draws of a person, a role or a name from outside.
DRAWN = {"name", "protected", "closed_at", "public_id", "title", "site", "claimed_by"}


def test_whoever_changes_a_name_says_so() -> None:
    """Every function of ours that updates what a thread draws of people draws the stamp of names anew."""
    found = {
        (place, node.name): "names_changed()" in ast.unparse(node)
        for place, tree in sources().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and _updates_people(node)
    }
    assert len(found) >= 4
    assert all(found.values()), [place for place, says in found.items() if not says]


def _updates_people(function: ast.FunctionDef) -> bool:
    return any(
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in ("update", "bulk_update", "update_or_create", "save")
        and {keyword.arg for keyword in node.keywords} & DRAWN
        and any(f"{model}." in ast.unparse(node) for model in ("Person", "Role", "OutsideName"))
        for node in ast.walk(function)
    )


# The last two change under what name a line stands.
PLACES = ("sharing", "bringing_in", "moving", "narrowing", "unnaming")


def test_shares_open_and_end_in_few_places() -> None:
    """Each of them draws the stamps of the activity anew, all but the import through ``activity``."""
    found = {
        place
        for place, tree in sources().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in ("create", "bulk_create", "update", "bulk_update", "get_or_create", "save")
        and "Share.everything" in ast.unparse(node.func)
    }
    assert found == {f"conversations/{name}.py" for name in PLACES}
