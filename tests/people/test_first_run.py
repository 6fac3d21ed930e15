"""The first steward's link, and invitations."""

import pytest
from django.conf import settings
from django.test import Client

from communis.journal.moments import DAY, use_clock, wall_clock
from communis.people import actions
from communis.people.first_run import first_steward
from communis.people.invitations import invite, take_back_invitation, waiting_invitations
from communis.people.models import Person
from communis.people.people_here import anyone_here
from communis.people.refusals import PeopleRefused
from tests.cast import Cast


@pytest.fixture
def later():
    """Moves the clock on."""

    def by(microseconds: int) -> None:
        use_clock(lambda: wall_clock() + microseconds)

    yield by
    use_clock(wall_clock)


FIRST = {"organisation": "Åvinge kommun", "name": "Leyla Demir", "email": "Leyla@avinge.example"}


@pytest.mark.django_db
def test_the_first_steward_begins_an_installation_once() -> None:
    link = first_steward()
    assert link is not None and link.startswith(settings.BASE_URL)
    path = link.removeprefix(settings.BASE_URL)
    client = Client()
    assert client.get(path).status_code == 200 == client.get(path).status_code
    page = client.post(path, FIRST, follow=True)
    assert page.status_code == 200 and page.wsgi_request.person.steward
    assert "Åvinge kommun" in page.content.decode() and "Leyla Demir" in page.content.decode()
    assert first_steward() is None
    assert Client().get(path).status_code == 404
    assert Client().post(path, FIRST | {"email": "other@avinge.example"}).status_code == 404
    assert Person.everything.count() == 1


@pytest.mark.django_db
def test_what_the_first_steward_typed_is_kept_when_something_is_missing() -> None:
    path = (first_steward() or "").removeprefix(settings.BASE_URL)
    page = Client().post(path, FIRST | {"email": "leyla"}).content.decode()
    assert 'value="Leyla Demir"' in page and 'value="leyla"' in page and 'class="fault"' in page
    assert not anyone_here()
    assert Client().post(path, FIRST).status_code == 302


@pytest.mark.django_db
def test_a_new_link_ends_the_old_one_and_a_day_ends_any(later) -> None:
    old, new = first_steward() or "", first_steward() or ""
    assert Client().get(old.removeprefix(settings.BASE_URL)).status_code == 404
    assert Client().get(new.removeprefix(settings.BASE_URL)).status_code == 200
    later(DAY + 1)
    assert Client().get(new.removeprefix(settings.BASE_URL)).status_code == 404


def test_an_invitation_makes_a_person_who_is_signed_in_and_let_in(people: Cast) -> None:
    unit = actions.found_circle("Kansliet", by=people.leyla, unit=True)
    secret = invite("Birgitta Nyman", "birgitta@avinge.example", by=people.leyla, circle=unit)
    assert [one.name for one in waiting_invitations(by=people.leyla)] == ["Birgitta Nyman"]
    client = Client()
    assert 'value="Birgitta Nyman"' in client.get(f"/invitations/{secret}").content.decode()
    page = client.post(f"/invitations/{secret}", {"name": "Birgitta N"}, follow=True)
    assert page.wsgi_request.person.name == "Birgitta N" and not page.wsgi_request.person.steward
    held = {holding.principal for holding in page.wsgi_request.viewer.holdings}
    assert unit.principal_id in held
    assert waiting_invitations(by=people.leyla) == []


def test_used_expired_taken_back_and_unknown_links_answer_alike(people: Cast, later) -> None:
    used = invite("A", "a@avinge.example", by=people.leyla)
    Client().post(f"/invitations/{used}", {"name": "A"})
    twice = [invite("B", "b@avinge.example", by=people.leyla) for _ in range(2)]
    Client().post(f"/invitations/{twice[0]}", {"name": "B"})
    taken_back = invite("C", "c@avinge.example", by=people.leyla)
    waiting = waiting_invitations(by=people.leyla)[0]
    take_back_invitation(waiting.public_id, by=people.leyla)
    expired = invite("D", "d@avinge.example", by=people.leyla)
    later(14 * DAY + 1)
    before = Person.everything.count()

    def answer(secret: str | None, method: str) -> tuple[int, bytes]:
        client = Client()
        response = getattr(client, method)(
            f"/invitations/{secret}", {"name": "E"} if method == "post" else {}
        )
        return response.status_code, response.content.replace(str(secret).encode(), b"").split(b"csrf")[0]

    for method in ("get", "post"):
        answers = {answer(secret, method) for secret in (used, taken_back, expired, "0" * 32)}
        assert len(answers) == 1 and answers.pop()[0] == 404
    assert answer(twice[1], "post") == answer("0" * 32, "post")
    assert Person.everything.count() == before


def test_only_stewards_invite_and_a_form_sent_twice_is_one_invitation(people: Cast) -> None:
    with pytest.raises(PeopleRefused):
        invite("F", "f@avinge.example", by=people.elin)
    with pytest.raises(PeopleRefused):
        invite("Elin", "ELIN@avinge.example", by=people.leyla)
    assert invite("G", "g@avinge.example", by=people.leyla, key="k") is not None
    assert invite("G", "g@avinge.example", by=people.leyla, key="k") is None
    assert len(waiting_invitations(by=people.leyla)) == 1
