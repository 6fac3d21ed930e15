"""An outside name is claimed, answered by a steward and taken back; nobody else is told that it was asked (R10)."""

import re
from pathlib import Path

import pytest
from django.test import Client

from communis.attention.models import Notice
from communis.channels.importers.kept_exports import folder
from communis.channels.importers.models import Import, NameClaim
from communis.channels.importers.running import run_next
from communis.conversations.contributing import contribute
from communis.conversations.models import Line, Share
from communis.journal.models import Entry
from communis.looking.viewers import PUBLIC_VIEWER
from communis.people.actions import close_sign_in, welcome
from communis.people.models import Person
from communis.people.stewarding import set_protected
from tests.blogs import blog
from tests.cast import Cast
from tests.clock import Clock
from tests.web.forms import client_of, key_on, page
from tests.web.test_imports import upload

WORD = "Jag minns raden om tvättvagnen."


def brought_in(people: Cast, text: str = "Det regnar.", title: str = "a") -> tuple[str, str]:
    """A blog of Rolf's, open to everyone: ``(the address of the conversation, of the line)``."""
    leyla = client_of(people.leyla)
    address = upload(leyla, blog(title, text, "Ja.", public=True))
    run_next()
    leyla.post(f"{address}/bringing-in")
    run_next()
    share = Share.visible.to(PUBLIC_VIEWER).order_by("-id").first()
    line = Line.everything.get(id=share.line_id).public_id
    conversation = re.search(r"/conversations/(\w+)#", page(Client(), f"/lines/{line}"))[1]
    return f"/conversations/{conversation}", f"/lines/{line}"


def claimed(person: Person, line: str, word: str = WORD) -> NameClaim:
    client = client_of(person)
    form = page(client, f"{line}/name-claims")
    sent = client.post(f"{line}/name-claims", {"word": word, "key": key_on(form)})
    assert sent.status_code == 302 and sent["Location"] == "/name-claims"
    return NameClaim.objects.get(person=person, state__lte=2)


def settled(people: Cast, claim: NameClaim, do: str, reason: str = "") -> None:
    leyla = client_of(people.leyla)
    address = f"/stewards/name-claims/{claim.public_id}"
    assert (
        leyla.post(address, {"do": do, "reason": reason, "key": key_on(page(leyla, address))}).status_code
        == 302
    )


def test_the_name_stands_there_when_a_steward_agrees(people: Cast) -> None:
    conversation, line = brought_in(people)
    readers = [Client(headers={"accept-language": "en"}), client_of(people.karin)]
    elin = client_of(people.elin)
    assert "I wrote this" in page(elin, line) and "I wrote this" not in page(readers[0], line)
    before = [reader.get(conversation).content.count(b"Elin") for reader in readers]
    claim = claimed(people.elin, line)
    # Said, and seen by the two alone.
    assert [reader.get(conversation).content.count(b"Elin") for reader in readers] == before == [0, 0]
    assert "A steward has not answered yet" in page(elin, "/name-claims")
    leyla = client_of(people.leyla)
    assert "Rolf" in page(leyla, "/stewards/name-claims") and "Elin" not in page(
        leyla, "/stewards/name-claims"
    )
    seen = page(leyla, f"/stewards/name-claims/{claim.public_id}")
    assert WORD in seen and "elin@avinge.example" in seen and f'href="{line}"' in seen
    settled(people, claim, "agree")
    for reader in readers:
        assert "Elin Forsgren" in page(reader, conversation)
        assert "(outside Communis as Rolf)" in page(reader, conversation)
    assert f'href="/people/{people.elin.public_id}"' in page(readers[1], conversation)
    assert "(utanför Communis som Rolf)" in page(Client(headers={"accept-language": "sv"}), conversation)
    assert "Elin Forsgren" in page(readers[0], "/feed.atom")
    assert "Your name stands with it" in page(elin, "/name-claims")
    verbs = list(Entry.objects.order_by("id").values_list("verb", flat=True))[-2:]
    assert verbs == ["claimed name", "agreed to name claim"]
    assert WORD not in str(list(Entry.objects.values_list("about", flat=True)))


def test_the_words_are_ones_own_and_stay_as_they_were_said(people: Cast, clock: Clock) -> None:
    _, line = brought_in(people)
    settled(people, claimed(people.elin, line), "agree")
    elin = client_of(people.elin)
    own = page(elin, line)
    assert "Take back" in own and "Change or correct" not in own and "I wrote this" not in own
    assert elin.get(f"{line}/revisions").status_code == 404
    assert elin.post(f"{line}/revisions", {"text": "Annat.", "way": "edit", "do": "send"}).status_code == 404
    clock.news()
    contribute(line[7:], "Tack för det.", by=people.karin)
    clock.news()
    told = Notice.everything.filter(person_id=people.elin.id).values_list("reason", flat=True)
    assert sorted(told) == [Notice.Reason.ANSWERED, Notice.Reason.NAME_CLAIM_ANSWERED]
    assert elin.post(f"{line}/takings-back").status_code == 302
    assert client_of(people.karin).get(line).status_code == 404


def test_later_imports_of_the_same_name_are_ones_own_too(people: Cast) -> None:
    _, line = brought_in(people)
    settled(people, claimed(people.elin, line), "agree")
    more = blog("a", "Solen skiner.", "Ja.", public=True).replace(b"<wp:post_id>1<", b"<wp:post_id>2<")
    leyla = client_of(people.leyla)
    address = upload(leyla, more)
    run_next()
    leyla.post(f"{address}/bringing-in")
    run_next()
    newest = Share.visible.to(PUBLIC_VIEWER).order_by("-id").first()
    assert "Take back" in page(
        client_of(people.elin), f"/lines/{Line.everything.get(id=newest.line_id).public_id}"
    )


def test_a_no_has_a_reason_and_tells_the_claimer_alone(people: Cast, clock: Clock) -> None:
    conversation, line = brought_in(people)
    claim = claimed(people.elin, line)
    leyla = client_of(people.leyla)
    refused = leyla.post(f"/stewards/name-claims/{claim.public_id}", {"do": "decline", "reason": " "})
    assert refused.status_code == 422 and "Write why" in refused.content.decode()
    settled(people, claim, "decline", "Rolf heter Rolf.")
    assert "Rolf heter Rolf." in page(client_of(people.elin), "/name-claims")
    assert "Elin" not in page(client_of(people.karin), conversation)
    clock.news()
    told = {(one.person_id, one.reason) for one in Notice.everything.exclude(reason=Notice.Reason.WELCOME)}
    assert told == {
        (people.leyla.id, Notice.Reason.NAME_CLAIM_WAITS),
        (people.elin.id, Notice.Reason.NAME_CLAIM_ANSWERED),
    }
    assert "Nothing waits" in page(leyla, "/stewards/name-claims")
    # She may say so again, with another word.
    assert claimed(people.elin, line).public_id != claim.public_id


@pytest.mark.parametrize("who", ["elin", "leyla"])
def test_it_is_ended_by_either_and_the_name_goes_back(people: Cast, who: str) -> None:
    conversation, line = brought_in(people)
    claim = claimed(people.elin, line)
    settled(people, claim, "agree")
    assert "Elin" in page(Client(), conversation)
    if who == "leyla":
        settled(people, claim, "end", "Det var fel.")
    else:
        for _again in range(2):
            client_of(people.elin).post(f"/name-claims/{claim.public_id}", {"do": "take-back"})
    assert "Elin" not in page(Client(), conversation) and "Rolf" in page(Client(), conversation)
    elin = client_of(people.elin)
    assert "Take back" not in page(elin, line) and "I wrote this" in page(elin, line)
    assert Entry.objects.filter(verb="ended name claim").count() == 1


def test_of_two_who_say_the_same_one_can_stand(people: Cast) -> None:
    conversation, line = brought_in(people)
    first, second = claimed(people.elin, line), claimed(people.amina, line)
    leyla = client_of(people.leyla)
    assert "Others who say the same" in page(leyla, f"/stewards/name-claims/{second.public_id}")
    settled(people, first, "agree")
    answer = leyla.post(f"/stewards/name-claims/{second.public_id}", {"do": "agree"})
    assert answer.status_code == 422 and "Only one can" in answer.content.decode()
    # Neither of them is told of the other.
    assert "Elin" not in page(client_of(people.amina), "/name-claims")
    settled(people, first, "end", "Det var Amina.")
    settled(people, second, "agree")
    assert "Amina" in page(Client(), conversation)


def test_said_twice_is_said_once(people: Cast) -> None:
    _, line = brought_in(people)
    elin = client_of(people.elin)
    key = key_on(page(elin, f"{line}/name-claims"))
    for sent in ({"word": "En.", "key": key}, {"word": "En.", "key": key}, {"word": "Två."}):
        assert elin.post(f"{line}/name-claims", sent).status_code == 302
    assert [claim.word for claim in NameClaim.objects.all()] == ["En."]
    settled(people, NameClaim.objects.get(), "agree")
    settled(people, NameClaim.objects.get(), "decline", "För sent.")
    assert NameClaim.objects.get().state == NameClaim.State.STANDS


def test_a_protected_person_is_never_shown(people: Cast) -> None:
    conversation, line = brought_in(people)
    vera = client_of(people.vera)
    assert "Your name is not shown" in page(vera, f"{line}/name-claims")
    claim = claimed(people.vera, line)
    leyla = client_of(people.leyla)
    assert "Vera" not in page(leyla, "/stewards/name-claims")
    assert "not shown" in page(leyla, f"/stewards/name-claims/{claim.public_id}")
    nobody = page(Client(), conversation)
    settled(people, claim, "agree")
    assert without_token(page(Client(), conversation)) == without_token(nobody)
    assert "Take back" in page(vera, line)
    # Whoever else claims is met as if nobody had.
    assert "I wrote this" in page(client_of(people.elin), line)
    assert claimed(people.elin, line).state == NameClaim.State.WAITING


def test_a_name_goes_with_protection_at_the_next_look(people: Cast) -> None:
    conversation, line = brought_in(people)
    settled(people, claimed(people.elin, line), "agree")
    karin = client_of(people.karin)
    assert "Elin" in page(karin, conversation)
    set_protected(people.elin, True, by=people.leyla)
    assert "Elin" not in page(karin, conversation) and "Rolf" in page(karin, conversation)


def test_a_steward_asks_and_the_person_says(people: Cast, clock: Clock) -> None:
    conversation, _ = brought_in(people)
    leyla, elin = client_of(people.leyla), client_of(people.elin)
    address = f"/imports/{Import.objects.get().public_id}"

    def ask(outside: str, email: str) -> str:
        form = page(leyla, address)
        sent = {"outside": outside, "email": email, "key": key_on(form)}
        return str(leyla.post(f"{address}/names", sent, follow=True).content.decode())

    assert "Nobody is called so" in ask("Rut", "elin@avinge.example")
    html = ask("Rolf", "ingen@avinge.example")
    assert "Nobody signs in with this address" in html and 'value="Rolf"' in html
    for _again in range(2):
        assert "Asked." in ask("Rolf", "Elin@avinge.example")
    claim = NameClaim.objects.get()
    clock.news()
    assert "A steward asks whether you wrote this" in page(elin, "/for-you")
    # Nothing is shown before she has said yes.
    assert "Elin" not in page(client_of(people.karin), conversation)
    assert elin.post(f"/name-claims/{claim.public_id}", {"do": "yes"}).status_code == 302
    assert "Elin Forsgren" in page(client_of(people.karin), conversation)


def test_a_no_to_the_steward_leaves_the_name_alone(people: Cast) -> None:
    conversation, _ = brought_in(people)
    leyla = client_of(people.leyla)
    address = f"/imports/{Import.objects.get().public_id}/names"
    leyla.post(address, {"outside": "Rolf", "email": "elin@avinge.example"})
    claim = NameClaim.objects.get()
    client_of(people.elin).post(f"/name-claims/{claim.public_id}", {"do": "no"})
    client_of(people.elin).post(f"/name-claims/{claim.public_id}", {"do": "yes"})
    assert NameClaim.objects.get().state == NameClaim.State.ENDED
    assert "Elin" not in page(Client(), conversation)


def test_a_steward_does_not_answer_oneself_where_there_is_another(people: Cast) -> None:
    _, line = brought_in(people)
    claim = claimed(people.leyla, line)
    address = f"/stewards/name-claims/{claim.public_id}"
    welcome("Rut Alm", "rut@avinge.example", by=people.leyla, steward=True)
    leyla = client_of(people.leyla)
    assert "Another steward answers" in page(leyla, address)
    assert leyla.post(address, {"do": "agree"}).status_code == 422
    rut = Person.everything.get(name="Rut Alm")
    assert client_of(rut).post(address, {"do": "agree"}).status_code == 302
    assert NameClaim.objects.get().state == NameClaim.State.STANDS


def test_whose_sign_in_is_closed_comes_to_stand_behind_nothing(people: Cast) -> None:
    _, line = brought_in(people)
    claim = claimed(people.elin, line)
    close_sign_in(people.elin, by=people.leyla)
    answer = client_of(people.leyla).post(f"/stewards/name-claims/{claim.public_id}", {"do": "agree"})
    assert answer.status_code == 422 and "closed" in answer.content.decode()


def test_for_anybody_else_there_is_no_claim(people: Cast) -> None:
    _, line = brought_in(people)
    claim = claimed(people.elin, line)
    karin = client_of(people.karin)
    for address in ("/stewards/name-claims", f"/stewards/name-claims/{claim.public_id}"):
        assert karin.get(address).status_code == 404
    for do in ("take-back", "yes"):
        assert karin.post(f"/name-claims/{claim.public_id}", {"do": do}).status_code == 404
    assert karin.post(f"/stewards/name-claims/{claim.public_id}", {"do": "agree"}).status_code == 404
    assert NameClaim.objects.get().state == NameClaim.State.WAITING
    # Words that were said here have no name to claim.
    own = contribute(line[7:], "Ett svar.", by=people.karin)
    said_here = f"/lines/{Line.everything.get(id=own.line_id).public_id}"
    assert "I wrote this" not in page(client_of(people.elin), said_here)
    assert client_of(people.elin).get(f"{said_here}/name-claims").status_code == 404
    assert client_of(people.elin).post(f"{said_here}/name-claims").status_code == 404


def test_a_long_word_is_refused_and_kept(people: Cast) -> None:
    _, line = brought_in(people)
    answer = client_of(people.elin).post(f"{line}/name-claims", {"word": "a" * 501})
    assert answer.status_code == 422 and "a" * 501 in answer.content.decode()


def without_token(html: str) -> str:
    return re.sub(r'value="\w{64}"', "", html)


@pytest.fixture(autouse=True)
def own_folder(settings: object, tmp_path: Path) -> None:
    settings.DATA = tmp_path  # type: ignore[attr-defined]
    folder().mkdir()
