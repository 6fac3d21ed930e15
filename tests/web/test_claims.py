"""The pages on which one shows, with the receipt and signed in, that one wrote it; and what others see then."""

import re

import pytest
from django.test import Client

from communis.attention.models import Notice
from communis.behind_the_scenes.models import Claim
from communis.journal.moments import MINUTE
from communis.journal.reactions import react
from communis.openness.receipt_codes import new_code, written
from tests.behind_the_scenes.conftest import unit as unit  # the unit of nine
from tests.behind_the_scenes.unit import ORIGIN, Unit
from tests.web.forms import client_of, key_on, page

WORD = "Det var jag. Jag ville att du skulle veta, inte alla."


def conversation_of(client: Client) -> str:
    """The address of the conversation, from the murmur."""
    found = re.search(r"/conversations/[0-9a-f]{32}", page(client, "/"))
    assert found is not None
    return found[0]


def show(unit: Unit, client: Client, code: bytes, **given: str) -> str:
    """Show it as the form does; returns where one is sent, or the page that refuses."""
    chosen = client.post("/claims", {"code": written(code).lower(), "do": "look"})
    assert chosen.status_code == 200 and ORIGIN in chosen.content.decode()
    form = {"code": written(code), "do": "show", "key": key_on(chosen.content.decode()), **given}
    answer = client.post("/claims", form)
    return answer["Location"] if answer.status_code == 302 else answer.content.decode()


def told(unit: Unit) -> None:
    """A minute later, when whoever is to be told has been."""
    unit.clock.at += 2 * MINUTE
    react()


def test_shown_to_the_manager_he_is_told_and_tries_it(unit: Unit) -> None:
    author = unit.members[2]
    code = unit.appears(author)
    manager, other = client_of(unit.manager), client_of(unit.members[5])
    address = conversation_of(manager)
    before = {name: page(client, address) for name, client in (("manager", manager), ("other", other))}
    assert author.name not in before["manager"]
    assert show(unit, client_of(author), code, to="one", name=unit.manager.name, word=WORD) == "/claims"
    told(unit)
    shown = page(manager, address)
    assert f"Written by {author.name}, who has shown it." in shown and WORD in shown
    link = re.search(r"/claims/[0-9a-f]{32}", shown)
    assert link is not None
    assert "It holds." in page(manager, link[0]) and author.name in page(manager, link[0])
    assert [n.reason for n in Notice.everything.filter(person=unit.manager)].count(Notice.Reason.SHOWN) == 1
    assert "Someone shows you that they wrote this behind the scenes" in page(manager, "/for-you")
    # For everyone else nothing has changed, and the page that tells is missing.
    assert author.name not in page(other, address) and WORD not in page(other, address)
    assert other.get(link[0]).status_code == Client().get(link[0]).status_code == 404
    assert not Notice.everything.filter(person=unit.members[5], reason=Notice.Reason.SHOWN).exists()


def test_who_sees_the_same_words_is_drawn_no_claim_of_another(unit: Unit) -> None:
    """Drawn threads are kept for all who see the same: what is shown to one alone is no part of that."""
    author = unit.members[2]
    code = unit.appears(author)
    show(unit, client_of(author), code, to="one", name=unit.manager.name)
    manager, others = client_of(unit.manager), [client_of(one) for one in unit.members if one != author]
    address = conversation_of(manager)
    assert author.name in page(manager, address)
    for client in (*others, manager, others[0]):
        assert ("Written by" in page(client, address)) == (client is manager)
    claim = Claim.everything.get().public_id
    assert client_of(author).post(f"/claims/{claim}").status_code == 302
    assert "Written by" not in page(manager, address)
    assert manager.get(f"/claims/{claim}").status_code == 404
    told(unit)
    assert "Someone shows you" not in page(manager, "/for-you")


def test_shown_to_the_circle(unit: Unit) -> None:
    author = unit.members[2]
    code = unit.appears(author)
    assert show(unit, client_of(author), code, to="circle", **{"in": unit.circle.public_id}) == "/claims"
    address = conversation_of(client_of(unit.manager))
    for reader in (unit.manager, *unit.members):
        assert f"Written by {author.name}" in page(client_of(reader), address)
    told(unit)
    assert not Notice.everything.filter(reason=Notice.Reason.SHOWN).exists()


def test_somebody_elses_receipt_and_one_that_never_was_are_answered_alike(unit: Unit) -> None:
    code = unit.appears(unit.members[2])
    thief = client_of(unit.members[3])
    answers = [thief.post("/claims", {"code": typed}) for typed in (written(code), new_code())]
    assert {answer.status_code for answer in answers} == {422}
    drawn = {re.sub(r'value="[^"]*"', "", answer.content.decode()) for answer in answers}
    assert len(drawn) == 1 and ORIGIN not in drawn.pop()
    assert thief.post("/claims", {"code": written(code), "do": "show", "to": "one"}).status_code == 422
    assert not Claim.everything.exists()


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"to": "one", "name": ""}, "Write the name"),
        ({"to": "one", "name": "Ingen Alls"}, "Nobody in the list"),
        ({"to": "one", "name": "Medarbetare"}, "Several are called that"),
        ({"to": "one", "name": "Nadja Petrović"}, "does not read these words"),
        ({"to": "organisation"}, "So many do not read"),
        ({"to": "x"}, "Choose whom"),
        ({"to": "circle", "in": "0" * 32}, "Choose which circle"),
        ({"to": "one", "name": "Johan Åkerlind", "word": "a" * 501}, "500 characters"),
    ],
)
def test_what_is_refused_keeps_what_was_typed(unit: Unit, given: dict[str, str], says: str) -> None:
    author = unit.members[2]
    code = unit.appears(author)
    word = given.get("word", "Ett ord.")
    refused = show(unit, client_of(author), code, **{"word": word, **given})
    assert says in refused and word in refused and given.get("name", "") in refused
    assert ('name="person"' in refused) == (says == "Several are called that")
    assert not Claim.everything.exists()


def test_the_receipt_is_in_no_address_and_no_draft(unit: Unit, caplog: pytest.LogCaptureFixture) -> None:
    author = unit.members[2]
    code = unit.appears(author)
    show(unit, client_of(author), code, to="one", name=unit.manager.name)
    assert written(code) not in caplog.text
    assert written(code) not in page(client_of(author), "/claims")


def test_of_a_receipt_nobody_can_tell_whose_it_is(unit: Unit) -> None:
    """CRED-2: the own pages of someone who wrote are those of someone who did not, until it is shown."""
    author, other = unit.members[2], unit.members[3]
    unit.appears(author)
    for address in ("/you", "/claims", "/privacy", "/for-you", "/"):
        drawn = [page_if(client_of(person), address) for person in (author, other)]
        assert (
            drawn[0].replace(author.name, other.name).replace(author.public_id, other.public_id) == drawn[1]
        )


def page_if(client: Client, address: str) -> str:
    """The page without what is another one for each look."""
    html = client.get(address).content.decode()
    return re.sub(r'(value|nonce)="[^"]{16,}"|m\d+@avinge', "", html)
