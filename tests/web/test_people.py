"""The directory, a person's page, one's own page, and the stewards' pages of people."""

import re

import pytest
from django.core import mail
from django.test import Client

from communis.conversations.kinds import Kind
from communis.people import actions
from communis.people.models import Circle, Person
from communis.people.stewarding import set_protected
from tests.cast import Cast, to_all
from tests.web.answers import RANDOM, shape, signed_in


def names_in(page: str, people: Cast) -> set[str]:
    main = page.split("<main")[1].split("</main")[0]
    return {person.name.split()[0] for person in people.everyone if f">{person.name}<" in main}


def test_the_directory_lists_whom_one_may_list(people: Cast) -> None:
    for viewer in (people.elin, people.leyla, people.vera):
        page = signed_in(viewer).get("/people").content.decode()
        assert names_in(page, people) == {"Leyla", "Karin", "Elin", "Amina", "Johan", "Sofia", "Nadja"}


def test_signed_out_there_is_no_directory_and_no_person(people: Cast) -> None:
    assert Client().get("/people").url == "/sign-in?next=%2Fpeople"
    known = Client().get(f"/people/{people.elin.public_id}")
    random = Client().get(f"/people/{RANDOM}")
    assert shape(known, people.elin.public_id) == shape(random, RANDOM)


@pytest.mark.parametrize("beginning", ["ka", "KA", "sund", "Karin Su"])
def test_a_beginning_finds_names_and_words_of_names(people: Cast, beginning: str) -> None:
    page = signed_in(people.elin).get("/people", {"q": beginning}).content.decode()
    assert names_in(page, people) == {"Karin"}
    assert f'value="{beginning}"' in page


def test_å_is_found_small_and_large(people: Cast) -> None:
    for beginning in ("åk", "Åk", "ÅK"):
        page = signed_in(people.elin).get("/people", {"q": beginning}).content.decode()
        assert names_in(page, people) == {"Johan"}


def test_no_beginning_reveals_a_protected_person_or_a_closed_one(people: Cast) -> None:
    """The pages are those of a town in which the two do not exist under these names."""
    client = signed_in(people.elin)
    letters = "abcdefghijklmnopqrstuvwxyzåäö"
    beginnings = ["", *letters, "ve", "ver", "vera", "Vera", "st", "sti", "stina", "ek", "%", "_", "e_a"]

    def pages() -> list[tuple[int, dict[str, str], bytes]]:
        return [shape(client.get("/people", {"q": beginning})) for beginning in beginnings]

    before = pages()
    Person.everything.filter(id=people.vera.id).update(name="Qvintus")
    Person.everything.filter(id=people.stina.id).update(name="Zeno")
    assert pages() == before


def test_a_long_directory_has_pages_and_no_number(people: Cast) -> None:
    for number in range(60):
        actions.welcome(f"Ulf {number:02}", f"ulf{number}@avinge.example", by=people.leyla)
    client = signed_in(people.elin)
    first, second = (client.get("/people", {"q": "ulf", "page": page}).content.decode() for page in (1, 2))
    assert first.count(">Ulf ") == 50 and second.count(">Ulf ") == 10
    assert "?q=ulf&amp;page=2" in first and "page=3" not in second
    assert "60" not in re.sub(r"<[^>]*>", "", first.split("<main")[1])
    for odd in ("0", "-1", "x", "9" * 30):
        assert client.get("/people", {"page": odd}).status_code == 200


def test_a_person_shows_what_one_may_see_of_them(people: Cast) -> None:
    page = signed_in(people.elin).get(f"/people/{people.karin.public_id}").content.decode()
    assert "Karin Sundvall" in page and "kommundirektör" in page
    # Its name may be known outside, who is in it may not.
    assert "Kommunledningen" not in page
    inside = signed_in(people.sofia).get(f"/people/{people.karin.public_id}").content.decode()
    assert "Kommunledningen" in inside


def test_hidden_persons_are_missing(people: Cast) -> None:
    for viewer in (people.elin, people.leyla):
        client = signed_in(viewer)
        missing = shape(client.get(f"/people/{RANDOM}"), RANDOM)
        assert missing[0] == 404
        for hidden in (people.vera, people.stina):
            assert shape(client.get(f"/people/{hidden.public_id}"), hidden.public_id) == missing
    assert signed_in(people.vera).get(f"/people/{people.vera.public_id}").status_code == 200


def test_what_someone_wrote_is_never_listed(people: Cast) -> None:
    """The page is the same, byte for byte, whether the person wrote or not (R33, R52, L9)."""
    client = signed_in(people.elin)
    address = f"/people/{people.johan.public_id}"
    before = shape(client.get(address), "")
    plain = shape(client.get(address), "?")
    to_all(Kind.IDEA, "Kanariefågel", people.johan)
    assert shape(client.get(address), "") == before
    for parameter in ("wrote", "kind", "page", "q", "sort", "author", "conversations"):
        assert shape(client.get(address, {parameter: "1"}), f"?{parameter}=1", "?") == plain


def test_the_own_page_changes_the_name_and_keeps_what_was_typed(people: Cast) -> None:
    client = signed_in(people.vera)
    page = client.get("/you").content.decode()
    assert 'value="Vera"' in page and "skyddade" in page
    fault = client.post("/you", {"name": " ", "about": "Mina ord"}).content.decode()
    assert 'class="fault"' in fault and "Mina ord" in fault and 'aria-invalid="true"' in fault
    assert client.post("/you", {"name": "V. Ek", "about": "Mina ord"}).url == "/you"
    after = client.get("/you").content.decode()
    assert 'value="V. Ek"' in after and "Mina ord" in after
    long = client.post("/you", {"name": "V", "about": "å" * 501}).content.decode()
    assert "å" * 501 in long and 'class="fault"' in long


def test_signed_in_pages_are_stored_nowhere(people: Cast) -> None:
    client = signed_in(people.leyla)
    for address in ("/people", "/you", "/circles", "/circles/new", "/stewards/people"):
        answer = client.get(address)
        assert answer.status_code == 200 and "no-store" in answer["Cache-Control"], address
        assert not answer.has_header("Last-Modified")


def test_stewards_pages_are_missing_for_others(people: Cast) -> None:
    client = signed_in(people.karin)
    missing = shape(client.get(f"/nothing/{RANDOM}"), f"/nothing/{RANDOM}")
    for address in ("/stewards/people", f"/stewards/people/{people.elin.public_id}"):
        assert shape(client.get(address), address) == missing
    assert client.post(f"/stewards/people/{people.elin.public_id}", {"do": "close"}).status_code == 404
    assert client.post("/stewards/invitations/1").status_code == 404
    assert signed_in(people.elin).get("/you").status_code == 200


def test_a_steward_invites_by_mail(people: Cast) -> None:
    unit = actions.found_circle("Kansliet", by=people.leyla, unit=True)
    client = signed_in(people.leyla)
    page = client.get("/stewards/people").content.decode()
    assert "Kansliet" in page and "Matsvinnsgruppen" not in page
    told = {"name": "Birgitta Nyman", "email": "birgitta", "circle": unit.public_id, "key": "k1"}
    fault = client.post("/stewards/people", told).content.decode()
    assert 'value="Birgitta Nyman"' in fault and 'value="birgitta"' in fault and 'class="fault"' in fault
    taken = client.post("/stewards/people", told | {"email": "Elin@avinge.example"}).content.decode()
    assert 'class="fault"' in taken and mail.outbox == []
    told["email"] = "birgitta@avinge.example"
    for _ in range(2):
        assert client.post("/stewards/people", told).url == "/stewards/people"
    (message,) = mail.outbox
    assert message.to == ["birgitta@avinge.example"]
    link = next(word for word in message.body.split() if "/invitations/" in word)
    assert "birgitta@avinge.example" in client.get("/stewards/people").content.decode()
    guest = Client()
    page = guest.post("/" + link.split("/", 3)[3], {"name": "Birgitta Nyman"}, follow=True)
    assert page.wsgi_request.person.name == "Birgitta Nyman"
    assert guest.get(f"/circles/{unit.public_id}").status_code == 200


def test_an_invitation_that_could_not_be_mailed_is_none(people: Cast, settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    client = signed_in(people.leyla)
    page = client.post("/stewards/people", {"name": "B", "email": "b@avinge.example"}).content.decode()
    assert 'class="fault"' in page and 'value="b@avinge.example"' in page
    assert "take-back" not in page and "/stewards/invitations/" not in page


def test_a_steward_finds_the_protected_by_the_whole_address_only(people: Cast) -> None:
    client = signed_in(people.leyla)
    assert "Vera" not in client.get("/stewards/people", {"q": "vera"}).content.decode().split("<main")[1]
    found = client.get("/stewards/people", {"q": "vera@avinge.example"})
    assert found.url == f"/stewards/people/{people.vera.public_id}"
    for odd in ("vera@", "\x00@", "@" * 400):
        assert client.get("/stewards/people", {"q": odd}).status_code == 200


def test_a_steward_closes_and_opens_a_sign_in(people: Cast) -> None:
    hers = signed_in(people.elin)
    client = signed_in(people.leyla)
    address = f"/stewards/people/{people.elin.public_id}"
    assert client.post(address, {"do": "close"}).url == address
    assert hers.get("/you").status_code == 302
    assert f">{people.elin.name}<" in client.get("/stewards/people").content.decode()
    assert people.elin.name not in signed_in(people.karin).get("/people").content.decode()
    client.post(address, {"do": "open"})
    assert people.elin.name in signed_in(people.karin).get("/people").content.decode()
    own = f"/stewards/people/{people.leyla.public_id}"
    assert 'value="close"' not in client.get(own).content.decode()
    client.post(own, {"do": "close"})
    assert client.get("/you").status_code == 200


def test_a_steward_sets_roles_and_protection(people: Cast) -> None:
    client = signed_in(people.leyla)
    address = f"/stewards/people/{people.elin.public_id}"
    seen = f"/people/{people.elin.public_id}"
    assert 'class="fault"' in client.post(address, {"do": "hold-role", "title": ""}).content.decode()
    for _ in range(2):
        client.post(address, {"do": "hold-role", "title": "bygglovshandläggare"})
    assert signed_in(people.karin).get(seen).content.decode().count("bygglovshandläggare") == 1
    (role,) = actions.roles_now(people.elin)
    client.post(address, {"do": "end-role", "role": role.id})
    assert "bygglovshandläggare" not in signed_in(people.karin).get(seen).content.decode()
    client.post(address, {"do": "protect"})
    assert signed_in(people.karin).get(seen).status_code == 404
    client.post(address, {"do": "end-protection"})
    assert signed_in(people.karin).get(seen).status_code == 200
    assert client.post(address, {"do": "something"}).status_code == 200


def test_becoming_protected_leaves_every_list_at_once(people: Cast) -> None:
    actions.let_in(people.johan, people.food_waste, by=people.amina)
    viewer = signed_in(people.nadja)
    circle = f"/circles/{people.food_waste.public_id}"
    addresses = ("/people", "/people?q=johan", circle, "/circles", f"/people/{people.amina.public_id}")
    assert sum("Johan" in viewer.get(address).content.decode() for address in addresses) == 3
    set_protected(people.johan, True, by=people.leyla)
    assert not any("Johan" in viewer.get(address).content.decode() for address in addresses)


def test_a_steward_lets_a_protected_person_into_a_unit(people: Cast) -> None:
    unit = actions.found_circle("Kansliet", by=people.leyla, unit=True, sight=Circle.Sight.NAMED)
    client = signed_in(people.leyla)
    address = f"/stewards/people/{people.vera.public_id}"
    client.post(address, {"do": "let-in", "unit": unit.public_id})
    assert signed_in(people.vera).get(f"/circles/{unit.public_id}/leaving").status_code == 200
    client.post(address, {"do": "let-out", "unit": unit.public_id})
    assert signed_in(people.vera).get(f"/circles/{unit.public_id}/leaving").status_code == 404
    client.post(address, {"do": "let-in", "unit": people.care_home.public_id})
    assert signed_in(people.vera).get(f"/circles/{people.care_home.public_id}/leaving").status_code == 404
