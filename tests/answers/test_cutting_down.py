"""*I was cut down* goes to one person who had no part in it, with the words that its author lets her read (R24)."""

from typing import Any

import pytest

from communis.answers.answering import Given, Wording, give_answer
from communis.answers.cutting_down import handle, report, reports_to
from communis.answers.models import CutDown
from communis.answers.verdicts import ReasonKind, Verdict
from communis.attention.models import Notice
from communis.conversations.contributing import contribute
from communis.conversations.kinds import Kind
from communis.conversations.lines import address_of
from communis.conversations.reading import shares_of
from communis.conversations.refusals import NotThere, Refused
from communis.openness.bylines import Byline
from communis.people.addresses import mail_address
from communis.people.holdings import viewer_for
from communis.people.models import Person
from tests.answers.town import Answering
from tests.cast import to_all
from tests.clock import Clock
from tests.web.forms import client_of, key_on, page

NO = Given(Verdict.NO, Wording("Nej, det var dumt tänkt.", "Det begriper vem som helst."), ReasonKind.OTHER)


def reached(*persons: Person) -> list[str]:
    return [mail_address(person.id) or "" for person in persons]


def test_to_one_who_had_no_part_in_it(answering: Answering, clock: Clock, settings: Any) -> None:
    people = answering.people
    share, asked = answering.letter()
    give_answer(asked, NO, by=people.karin)
    answer = shares_of(share.conversation_id, viewer_for(people.elin.id))[-1]
    elin, karin, vera = client_of(people.elin), client_of(people.karin), client_of(people.vera)
    address = f"/lines/{answer.line}/reports"
    assert address in page(elin, f"/lines/{answer.line}")
    assert "Turn to a safety representative" in page(elin, address)
    # Karin gave it, and Sofia answers along with her.
    settings.RECEIVES_REPORTS = reached(people.karin, people.sofia, people.johan, people.leyla)
    form_page = page(elin, address)
    assert "Johan" in form_page and "Sofia" not in form_page
    for client in (karin, vera):
        assert client.get(address).status_code == 404
    with pytest.raises(Refused, match="Someone else would read it"):
        report(answer.line, people.leyla.public_id, "", by=people.elin)
    form = {"key": key_on(form_page), "receiver": people.johan.public_id, "text": "Jag vågar inte mer."}
    refused = elin.post(address, {**form, "text": "x" * 501})
    assert refused.status_code == 422 and not CutDown.everything.exists()
    assert elin.post(address, form).status_code == 302
    with pytest.raises(Refused, match="already"):
        report(answer.line, people.johan.public_id, "", by=people.elin)
    assert f"You have reported it to {people.johan.name}" in page(elin, f"/lines/{answer.line}")
    clock.news()
    # He reads what she lets him read, and cannot open where it was said.
    johan = client_of(people.johan)
    shown = page(johan, "/reports")
    for words in ("Jag vågar inte mer.", "det var dumt tänkt", "Tänk om vi satt hos någon annan", "Elin"):
        assert words in shown
    assert johan.get(f"/lines/{answer.line}").status_code == 404
    told = Notice.everything.filter(reason=Notice.Reason.REPORTED)
    assert [one.person_id for one in told] == [people.johan.id]
    assert "/reports#" in page(johan, "/for-you")
    for person in (people.karin, people.elin, people.leyla, people.sofia):
        assert reports_to(viewer_for(person.id), by=person) == []
        assert "dumt" not in page(client_of(person), "/reports")
        with pytest.raises(NotThere):
            handle(CutDown.everything.get().public_id, by=person)
    johan.post(f"/reports/{CutDown.everything.get().public_id}/handlings")
    clock.news()
    shown = page(johan, "/reports")
    assert "Handled" in shown and "dumt" not in shown and "vågar" not in shown
    assert Notice.everything.filter(reason=Notice.Reason.REPORT_HANDLED).get().person_id == people.elin.id
    assert "has handled what you reported" in page(elin, f"/lines/{answer.line}")
    row = CutDown.everything.get()
    assert row.handled_at is not None and row.handled_at > row.made_at


def test_only_what_was_answered_to_own_words(answering: Answering, settings: Any) -> None:
    people = answering.people
    settings.RECEIVES_REPORTS = reached(people.johan, people.leyla)
    idea = address_of(to_all(Kind.IDEA, "Byt stol.", people.elin))[1]
    comment = address_of(contribute(idea, "Så dumt.", by=people.johan))[1]
    below = address_of(contribute(comment, "Verkligen.", by=people.nadja))[1]
    for line, person in ((idea, people.elin), (below, people.elin), (comment, people.amina)):
        with pytest.raises(NotThere):
            report(line, people.leyla.public_id, "", by=person)
    assert report(comment, people.leyla.public_id, "", by=people.elin)
    # Whom it goes past would tell who wrote without a name, so that it goes to nobody.
    unnamed = contribute(idea, "Tyst.", by=people.johan, hidden=Byline.Kind.UNNAMED)
    assert "Turn to a safety representative" in page(
        client_of(people.elin), f"/lines/{address_of(unnamed)[1]}/reports"
    )
