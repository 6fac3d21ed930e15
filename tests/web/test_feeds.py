"""What programs fetch: the public feed, Open Graph, robots.txt; the same for everybody."""

import xml.etree.ElementTree as tree
from typing import Any

import pytest
from django.test import Client

from communis.conversations.contributing import contribute, start
from communis.conversations.kinds import Kind
from communis.conversations.lines import address_of
from communis.conversations.revising import revise, take_back
from communis.conversations.words import Attachment
from communis.openness.choosing import Choice
from communis.openness.rungs import Rung
from communis.web.urls import urlpatterns
from tests.cast import Cast, letter, open_post, to_all, to_circle
from tests.clock import Clock
from tests.web.test_front import client_of, page

ATOM = "{http://www.w3.org/2005/Atom}"


def entries() -> list[tree.Element]:
    answer = Client().get("/feed.atom")
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("application/atom+xml")
    return tree.fromstring(answer.content).findall(f"{ATOM}entry")


def test_the_feed_is_the_newest_thirty_public_openings(people: Cast) -> None:
    for number in range(32):
        share = open_post(f"Inlägg {number} & <mer>. Fortsätter.", people.karin)
    contribute(address_of(share)[1], "Ett svar.", by=people.elin)
    to_all(Kind.IDEA, "Kanariefågel inne.", people.elin)
    letter("Kanariefågel direkt.", people.elin, people.karin)
    to_circle("Kanariefågel krets.", people.amina, people.food_waste)
    found = entries()
    titles = [entry.findtext(f"{ATOM}title") or "" for entry in found]
    assert len(titles) == 30 and titles[0].startswith("Inlägg 31 & <mer>.")
    assert "Kanariefågel" not in Client().get("/feed.atom").content.decode()
    for entry in found:
        assert entry.findtext(f"{ATOM}author/{ATOM}name") == "Karin Sundvall"
        assert all(entry.findtext(f"{ATOM}{name}") for name in ("id", "updated", "published"))
        link = entry.find(f"{ATOM}link")
        assert link is not None and "/conversations/" in link.attrib["href"]
    assert len({entry.findtext(f"{ATOM}id") for entry in found}) == 30


def test_the_feed_is_the_same_for_everybody_and_for_every_hidden_thing(people: Cast, clock: Clock) -> None:
    open_post("Till alla.", people.karin)
    before = Client().get("/feed.atom")
    clock.minutes(90)
    to_all(Kind.IDEA, "Kanariefågel.", people.elin)
    share = open_post("Ångrad.", people.elin)
    take_back(address_of(share)[1], by=people.elin)
    after = Client().get("/feed.atom", headers={"accept-language": "en"})
    assert before.content == after.content == client_of(people.elin).get("/feed.atom").content
    assert before["ETag"] == after["ETag"] and "Last-Modified" not in after
    unchanged = Client().get("/feed.atom", headers={"if-none-match": before["ETag"]})
    assert unchanged.status_code == 304 and unchanged.content == b""


def test_new_words_change_the_feed_and_keep_the_entry(people: Cast, clock: Clock) -> None:
    share = open_post("Till ala.", people.karin)
    before, first = Client().get("/feed.atom"), entries()[0]
    clock.minutes(5)
    revise(address_of(share)[1], "Till alla.", by=people.karin)
    second = entries()[0]
    assert before["ETag"] != Client().get("/feed.atom")["ETag"]
    assert first.findtext(f"{ATOM}id") == second.findtext(f"{ATOM}id")
    assert first.findtext(f"{ATOM}published") == second.findtext(f"{ATOM}published")
    assert first.findtext(f"{ATOM}updated") != second.findtext(f"{ATOM}updated")


def test_an_empty_feed_is_a_feed_and_never_changes(people: Cast) -> None:
    assert entries() == []
    first, second = (Client().get("/feed.atom") for _ in range(2))
    assert first.content == second.content and first["ETag"] == second["ETag"]
    assert b"<updated>1970-01-01" in first.content


def test_open_graph_stands_only_on_what_is_public(people: Cast) -> None:
    public = address_of(open_post('Till "alla" & fler.', people.karin))[0]
    inside = address_of(to_all(Kind.IDEA, "Byt stol.", people.elin))[0]
    direct = address_of(letter("Tänk om.", people.elin, people.karin))[0]
    text = page(None, f"/conversations/{public}")
    assert '<meta property="og:title" content="Till &quot;alla&quot; &amp; fler.">' in text
    assert f'/conversations/{public}">' in text.split('property="og:url"')[1]
    assert 'property="og:' in page(people.elin, f"/conversations/{public}")
    for address in (inside, direct):
        assert "og:" not in page(people.karin, f"/conversations/{address}")
    for address in ("/", "/murmur", "/questions"):
        assert "og:" not in page(None, address)


def test_a_narrow_answer_under_a_public_post_has_no_tags(people: Cast) -> None:
    line = address_of(open_post("Till alla.", people.karin))[1]
    narrow = Choice(Rung.DIRECT, persons=(people.karin.public_id,))
    answer = contribute(line, "Bara till dig.", by=people.elin, choice=narrow)
    assert "og:" not in page(people.karin, f"/lines/{address_of(answer)[1]}")


def allowed(path: str) -> bool:
    """As RFC 9309 has it: the longest rule that matches decides, and of equals the one that allows."""
    rules = []
    for line in Client().get("/robots.txt").content.decode().splitlines():
        kind, _, rule = line.partition(": ")
        if kind in ("Allow", "Disallow"):
            begins, exact = rule.rstrip("$"), rule.endswith("$")
            head, star, tail = begins.partition("*")
            fits = path.startswith(head) and (not star or tail in path[len(head) :])
            if (path == begins) if exact and not star else fits:
                rules.append((len(rule), kind == "Allow"))
    return max(rules)[1]


def test_robots_are_let_in_where_anyone_is(people: Cast) -> None:
    for path in ("/", f"/conversations/{'0' * 32}", "/questions", "/records", "/accessibility", "/feed.atom"):
        assert allowed(path), path
    for path in ("/write", "/for-you", "/conversations", "/murmur/new", f"/lines/{'0' * 32}", "/sign-in"):
        assert not allowed(path), path
    for path in (f"/conversations/{'0' * 32}/new", "/people", "/circles", "/you", "/drafts", "/?kept=x"):
        assert not allowed(path), path


def test_robots_txt_is_the_same_for_everybody(people: Cast) -> None:
    before = Client().get("/robots.txt").content
    open_post("Till alla.", people.karin)
    letter("Tänk om.", people.elin, people.karin)
    assert before == Client().get("/robots.txt").content == client_of(people.elin).get("/robots.txt").content


@pytest.mark.parametrize("name", ["front", "for-you", "conversations", "questions", "feed", "robots"])
def test_every_page_of_this_part_has_its_address(name: str) -> None:
    assert name in {getattr(pattern, "name", "") for pattern in urlpatterns}


def test_a_picture_in_the_feed_has_its_whole_address(people: Cast, settings: Any) -> None:
    settings.BASE_URL = "https://samtal.example"
    attached = Attachment("vagn.jpg", "image/jpeg", "f" * 32, alternative="En vagn")
    share = start(
        Kind.POST,
        "Se här.\n\n![En vagn](file:1)",
        by=people.karin,
        choice=Choice(Rung.PUBLIC),
        files=[attached],
    )
    line = address_of(share)[1]
    (entry,) = entries()
    words = "".join(
        element.text or "" for element in entry if element.tag in (f"{ATOM}summary", f"{ATOM}content")
    )
    assert f'<img src="https://samtal.example/lines/{line}/files/1" alt="En vagn"' in words
