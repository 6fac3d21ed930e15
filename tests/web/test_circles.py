"""Circles in the browser: who sees which, founding, letting in and out, and what is changed later."""

import pytest
from django.test import Client

from communis.conversations.lines import address_of
from communis.people import actions
from communis.people.circles import members
from communis.people.holdings import viewer_for
from communis.people.models import Circle, Person
from tests.cast import Cast, to_circle
from tests.web.answers import RANDOM, shape, signed_in

FOUNDING = {"name": "Byta stol", "purpose": "Sitta hos varandra.", "history": "no", "sight": "2", "key": "k"}


def main_of(client: Client, address: str) -> str:
    return client.get(address).content.decode().split("<main")[1].split("</main")[0]


@pytest.fixture
def secret(people: Cast) -> Circle:
    circle = actions.found_circle("Kanariekretsen", by=people.karin, sight=Circle.Sight.SECRET)
    actions.let_in(people.sofia, circle, by=people.karin)
    return circle


PAGES = ("", "/changes", "/nesting", "/history", "/leaving", "/members")


@pytest.mark.parametrize("page", PAGES)
def test_a_secret_circle_is_missing_for_those_outside(people: Cast, secret: Circle, page: str) -> None:
    clients = [signed_in(person) for person in (people.elin, people.leyla, people.vera)]
    for client in (*clients, Client()):
        for method in ("get", "post"):
            hidden, missing = (
                shape(getattr(client, method)(f"/circles/{one}{page}"), one)
                for one in (secret.public_id, RANDOM)
            )
            assert hidden == missing
            assert hidden[0] in (302, 404, 405)


def test_a_secret_circle_is_in_no_list_of_those_outside(people: Cast) -> None:
    client = signed_in(people.elin)
    addresses = ["/circles", f"/people/{people.karin.public_id}", "/people", "/you", "/circles/new"]
    addresses.append(f"/circles/{people.management.public_id}")

    def pages() -> list[bytes]:
        keyless = [shape(client.get(address))[2] for address in addresses]
        return [page.split(b'name="key"')[0] for page in keyless]

    before = pages()
    circle = actions.found_circle("Kanariekretsen", by=people.karin, sight=Circle.Sight.SECRET)
    actions.let_in(people.sofia, circle, by=people.karin)
    actions.nest(circle, people.management, by=people.karin)
    assert pages() == before
    assert "Kanariekretsen" in main_of(signed_in(people.sofia), "/circles")


def test_founding_a_circle_with_the_name_of_a_secret_one_works_as_ever(people: Cast, secret: Circle) -> None:
    client = signed_in(people.elin)
    answer = client.post("/circles/new", FOUNDING | {"name": "Kanariekretsen"})
    assert answer.status_code == 302
    assert "Kanariekretsen" in main_of(client, answer.url)


def test_own_circles_come_first_then_units(people: Cast) -> None:
    actions.found_circle("Ekonomi", by=people.leyla, unit=True, authority="kommunstyrelsen")
    page = main_of(signed_in(people.nadja), "/circles")
    order = [page.index(name) for name in ("Kommunledningen", "Matsvinnsgruppen", "Ekonomi", "Lindgården")]
    assert order == sorted(order) and "kommunstyrelsen" in page


def test_numbers_and_names_only_where_members_may_be_seen(people: Cast) -> None:
    outside, inside = signed_in(people.elin), signed_in(people.nadja)
    address = f"/circles/{people.management.public_id}"
    page = main_of(outside, address)
    assert (
        "Kommunledningen" in page
        and "Karin" not in page
        and "3" not in page.split("</h1>")[1].split("/circles/")[0]
    )
    before = shape(outside.get(address)), shape(outside.get("/circles"))
    actions.let_in(people.johan, people.management, by=people.karin)
    assert (shape(outside.get(address)), shape(outside.get("/circles"))) == before
    assert all(name in main_of(inside, address) for name in ("Karin", "Sofia", "Nadja", "Johan"))
    assert "Amina" in main_of(outside, f"/circles/{people.food_waste.public_id}")


def test_a_protected_member_changes_nothing_others_see(people: Cast) -> None:
    client = signed_in(people.nadja)
    addresses = ["/circles", f"/circles/{people.food_waste.public_id}"]
    before = [shape(client.get(address)) for address in addresses]
    actions.let_in(people.vera, people.food_waste, by=people.amina)
    assert [shape(client.get(address)) for address in addresses] == before


def test_anyone_founds_a_circle_and_looks_after_it(people: Cast) -> None:
    client = signed_in(people.johan)
    first, again = (client.post("/circles/new", FOUNDING) for _ in range(2))
    assert first.url == again.url and Circle.everything.filter(name="Byta stol").count() == 1
    page = main_of(client, first.url)
    assert "Johan Åkerlind" in page and "Sitta hos varandra." in page
    assert Circle.everything.get(name="Byta stol").history is False
    assert 'name="unit"' not in client.get("/circles/new").content.decode()


def test_what_was_typed_is_kept_when_founding_is_refused(people: Cast) -> None:
    client = signed_in(people.johan)
    page = client.post("/circles/new", FOUNDING | {"name": " ", "sight": "7"}).content.decode()
    assert "Sitta hos varandra." in page and page.count('class="fault"') == 2
    too_long = client.post("/circles/new", FOUNDING | {"purpose": "å" * 501}).content.decode()
    assert "å" * 501 in too_long and 'value="Byta stol"' in too_long and too_long.count('class="fault"') == 1
    for history in ("", "maybe"):
        assert client.post("/circles/new", FOUNDING | {"history": history}).status_code == 200
    assert not Circle.everything.filter(name="Byta stol").exists()


def test_a_steward_founds_a_unit_and_stays_outside(people: Cast) -> None:
    client = signed_in(people.leyla)
    unit = FOUNDING | {"unit": "on", "authority": "Tekniska nämnden", "name": "Måltid"}
    refused = client.post("/circles/new", unit | {"sight": "0"}).content.decode()
    assert 'class="fault"' in refused and 'value="Tekniska nämnden"' in refused
    page = main_of(client, client.post("/circles/new", unit).url)
    assert (
        "Tekniska nämnden" in page and "Leyla" not in page and "/leaving" not in page and "/members" in page
    )
    assert signed_in(people.elin).post("/circles/new", unit | {"key": "e"}).status_code == 302
    assert Circle.everything.filter(unit=True).count() == 1


def test_letting_in_from_the_list_of_those_who_may_be_listed(people: Cast) -> None:
    client = signed_in(people.amina)
    address = f"/circles/{people.food_waste.public_id}/members"
    assert people.johan.public_id in main_of(client, f"{address}?q=joh")
    # Already inside, protected, closed.
    for q, person in (("nad", people.nadja), ("ver", people.vera), ("sti", people.stina)):
        assert person.public_id not in main_of(client, f"{address}?q={q}")
    done = client.post(address, {"person": people.johan.public_id}, follow=True)
    assert "Johan Åkerlind" in done.content.decode().split("<main")[1]
    assert "Matsvinnsgruppen" in main_of(signed_in(people.johan), "/you")
    hidden, missing = (
        shape(client.post(address, {"person": one, "q": "v"})) for one in (people.vera.public_id, RANDOM)
    )
    assert hidden == missing and hidden[0] == 200
    assert "Vera" not in [
        member.person.name for member in members(people.food_waste, viewer_for(people.vera.id))
    ]


def test_only_those_who_look_after_it_let_in_and_out(people: Cast) -> None:
    for person in (people.nadja, people.elin, people.leyla):
        client = signed_in(person)
        address = f"/circles/{people.food_waste.public_id}/members"
        assert (
            client.get(address).status_code
            == client.post(address, {"person": people.johan.public_id}).status_code
            == 404
        )
        assert client.post(f"{address}/{people.amina.public_id}", {"do": "let-out"}).status_code == 404
    assert "Amina" in main_of(signed_in(people.nadja), f"/circles/{people.food_waste.public_id}")


def test_whoever_leaves_or_is_let_out_is_out_on_the_next_request(people: Cast) -> None:
    """Afterwards every page is what it is for one who was never in (REVOKE-1, L45)."""
    conversation, _ = address_of(to_circle("Kanariefågel", people.amina, people.food_waste))
    hers = signed_in(people.nadja)
    assert hers.get(f"/conversations/{conversation}").status_code == 200
    circle = f"/circles/{people.food_waste.public_id}"
    assert hers.get(f"{circle}/leaving").status_code == 200
    assert hers.post(f"{circle}/leaving").url == "/circles"
    hers.get("/circles")  # shows what was said about leaving, once
    gone, missing = (shape(hers.get(f"/conversations/{one}"), one) for one in (conversation, RANDOM))
    assert gone == missing and gone[0] == 404
    assert hers.get(f"{circle}/leaving").status_code == 404
    assert "/leaving" not in main_of(hers, circle)

    johan = signed_in(people.johan)
    before = [shape(johan.get(address)) for address in (circle, "/circles", f"/conversations/{conversation}")]
    actions.let_in(people.johan, people.food_waste, by=people.amina)
    assert johan.get(f"/conversations/{conversation}").status_code == 200
    out = signed_in(people.amina).post(f"{circle}/members/{people.johan.public_id}", {"do": "let-out"})
    assert out.url == circle
    after = [shape(johan.get(address)) for address in (circle, "/circles", f"/conversations/{conversation}")]
    assert after == before


def test_leaving_a_secret_circle_makes_it_missing(people: Cast, secret: Circle) -> None:
    client = signed_in(people.sofia)
    address = f"/circles/{secret.public_id}"
    assert client.get(address).status_code == 200
    client.post(f"{address}/leaving")
    client.get("/circles")
    assert shape(client.get(address), secret.public_id) == shape(client.get(f"/circles/{RANDOM}"), RANDOM)
    himself = signed_in(people.karin).post(f"{address}/members/{people.karin.public_id}", {"do": "let-out"})
    assert himself.url == "/circles"


def test_looking_after_is_shared_and_handed_over(people: Cast) -> None:
    client = signed_in(people.amina)
    circle = f"/circles/{people.food_waste.public_id}"
    alone = f"{circle}/members/{people.amina.public_id}"
    assert (
        "Choose someone"
        in client.get(f"{circle}/leaving", headers={"accept-language": "en"}).content.decode()
    )
    client.post(alone, {"do": "stop-looking-after"})
    assert client.get(f"{circle}/members").status_code == 200
    client.post(f"{circle}/members/{people.nadja.public_id}", {"do": "look-after"})
    client.post(alone, {"do": "stop-looking-after"})
    assert client.get(f"{circle}/members").status_code == 404
    assert signed_in(people.nadja).get(f"{circle}/members").status_code == 200


def test_history_is_turned_off_after_a_page_that_asks(people: Cast) -> None:
    client = signed_in(people.amina)
    circle = f"/circles/{people.food_waste.public_id}"
    assert "/history" in main_of(client, circle)
    client.get(f"{circle}/history")
    assert Circle.everything.get(id=people.food_waste.id).history
    client.post(f"{circle}/history")
    assert not Circle.everything.get(id=people.food_waste.id).history
    assert "/history" not in main_of(client, circle)
    assert '<button class="main">' not in main_of(client, f"{circle}/history")
    told = {"name": "M", "purpose": "", "sight": "2", "history": "yes"}
    client.post(f"{circle}/changes", told)
    assert not Circle.everything.get(id=people.food_waste.id).history
    assert signed_in(people.nadja).post(f"{circle}/history").status_code == 404


def test_renaming_and_making_it_known_to_fewer_never_to_more(people: Cast) -> None:
    client = signed_in(people.amina)
    circle = f"/circles/{people.food_waste.public_id}"
    told = {"name": "Svinnet", "purpose": "Mindre i tunnan.", "sight": "1"}
    assert client.post(f"{circle}/changes", told).url == circle
    assert "Amina" not in main_of(signed_in(people.elin), circle)
    wider = client.post(f"{circle}/changes", told | {"sight": "2", "name": "Nytt"}).content.decode()
    assert 'class="fault"' in wider and 'value="Nytt"' in wider
    assert Circle.everything.get(id=people.food_waste.id).name == "Svinnet"
    client.post(f"{circle}/changes", told | {"sight": "0"})
    assert signed_in(people.elin).get(circle).status_code == 404


def test_nesting_shows_both_ways_and_never_goes_round(people: Cast) -> None:
    client = signed_in(people.amina)
    inner, outer = f"/circles/{people.care_home.public_id}", f"/circles/{people.food_waste.public_id}"
    choices = main_of(client, f"{inner}/nesting")
    assert people.food_waste.public_id in choices and people.management.public_id not in choices
    assert client.post(f"{inner}/nesting", {"outer": people.food_waste.public_id}).url == inner
    assert "Matsvinnsgruppen" in main_of(client, inner) and "Lindgården" in main_of(client, outer)
    round_about = client.post(f"{outer}/nesting", {"outer": people.care_home.public_id})
    assert round_about.status_code == 200 and 'class="fault"' in round_about.content.decode()
    for one in (people.management.public_id, RANDOM):
        refused = client.post(f"{inner}/nesting", {"outer": one})
        assert refused.status_code == 200 and 'class="fault"' in refused.content.decode()
    client.post(f"{inner}/nesting", {"outer": ""})
    assert "Matsvinnsgruppen" not in main_of(client, inner)


def test_the_outer_circle_is_not_named_to_those_who_may_not_know_of_it(people: Cast, secret: Circle) -> None:
    circle = actions.found_circle("Lunchen", by=people.karin)
    address = f"/circles/{circle.public_id}"
    viewer = signed_in(people.elin)
    before = shape(viewer.get(address))
    actions.nest(circle, secret, by=people.karin)
    assert shape(viewer.get(address)) == before
    assert "Kanariekretsen" in main_of(signed_in(people.karin), address)


def test_a_steward_who_lets_himself_in_is_announced(people: Cast) -> None:
    unit = actions.found_circle("Kansliet", by=people.leyla, unit=True)
    actions.let_in(people.elin, unit, by=people.leyla)
    actions.let_in(people.leyla, unit, by=people.leyla)
    client = signed_in(people.elin)
    client.cookies["language"] = "en"
    assert "sees nothing from before" in main_of(client, f"/circles/{unit.public_id}")


def test_forms_of_circles_bear_odd_input(people: Cast) -> None:
    client = signed_in(people.amina)
    circle = f"/circles/{people.food_waste.public_id}"
    odd = ["", "\x00", "x" * 10_000, "'; --", "<script>alert(1)</script>", "💥", "1" * 400]
    for word in odd:
        everywhere = {
            name: word for name in ("name", "sight", "history", "outer", "person", "do", "key", "q")
        }
        for page in ("/members", "/changes", "/nesting", f"/members/{people.nadja.public_id}"):
            answer = client.post(circle + page, everywhere)
            assert answer.status_code in (200, 302), (page, word)
            assert b"<script>alert" not in answer.content
        assert client.post("/circles/new", everywhere | {"history": "no"}).status_code in (200, 302)
        assert client.get("/circles/" + (word or "0").replace("/", "")).status_code in (301, 404)
        assert client.get("/people", {"q": word}).status_code == 200
    assert Person.everything.filter(id=people.nadja.id).exists()
