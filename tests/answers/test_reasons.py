"""The author answers the reason of an answer once; only the two know how far they are with it."""

import re

import pytest
from django.test import Client

from communis.answers.answering import Given, Wording, give_answer, open_answers, replace_answer
from communis.answers.models import AnswerToReason
from communis.answers.reasons import answer_reason, keep_answer, reasons_answered, standing
from communis.answers.verdicts import ReasonKind, Verdict
from communis.attention.models import Notice
from communis.conversations import sharing
from communis.conversations.contributing import start
from communis.conversations.kinds import Kind
from communis.conversations.lines import address_of
from communis.conversations.models import Contribution, Revision, Share
from communis.conversations.reading import shares_of
from communis.conversations.refusals import NotThere, Refused
from communis.conversations.revising import take_back
from communis.conversations.unnaming import show_as
from communis.journal import moments
from communis.journal.models import Entry
from communis.openness.audiences import audience_of
from communis.openness.bylines import Byline, unnamed
from communis.openness.choosing import Choice
from communis.openness.rungs import Rung
from communis.people.holdings import viewer_for
from communis.people.models import Person
from tests.answers.town import Answering
from tests.clock import Clock
from tests.web.forms import client_of, key_on, page

NO = Given(Verdict.NO, Wording("Nej, det blir inte av.", "Pengarna räcker inte i år."), ReasonKind.MONEY)
YES = Given(Verdict.YES, Wording("Ja, vi gör det."))


def opened(asked: str, people_karin: Person, clock: Clock, given: Given = NO) -> str:
    answer = give_answer(asked, given, by=people_karin)
    clock.forward(25 * moments.HOUR)
    open_answers()
    return answer


def waiting_for(person: Person) -> list[str]:
    return [one.answer for one in reasons_answered(viewer_for(person.id), by=person)]


def send(client: Client, address: str, text: str) -> int:
    form = {"key": key_on(page(client, address)), "text": text}
    return client.post(address, form).status_code


def without_keys(html: str) -> str:
    """Keys and tokens of forms are others at every look."""
    return re.sub(r'value="[^"]*"', "", html)


def test_once_and_kept(answering: Answering, clock: Clock) -> None:
    people = answering.people
    share, asked = answering.idea()
    answer = give_answer(asked, NO, by=people.karin)
    with pytest.raises(Refused, match="Others do not read the answer yet"):
        answer_reason(answer, "Det kostar inget.", by=people.elin)
    clock.forward(25 * moments.HOUR)
    open_answers()
    for person in (people.amina, people.karin, people.sofia):
        with pytest.raises(NotThere):
            answer_reason(answer, "Det kostar inget.", by=person)
    elin, karin, amina = client_of(people.elin), client_of(people.karin), client_of(people.amina)
    address = f"/answers/{answer}/reason"
    conversation = f"/conversations/{address_of(share)[0]}"
    assert address in page(elin, conversation)
    assert address not in page(karin, conversation) and address not in page(amina, conversation)
    assert amina.get(address).status_code == karin.get(address).status_code == 404
    assert send(elin, address, " ") == 422 and not AnswerToReason.objects.exists()
    assert send(elin, address, "Det kostar inget.") == 302
    with pytest.raises(Refused, match="once"):
        answer_reason(answer, "En gång till.", by=people.elin)
    # An ordinary contribution for those who read the answer, said to be the one about the reason.
    for client in (elin, karin, amina):
        drawn = page(client, conversation)
        assert "Det kostar inget." in drawn and "Answers the reason" in drawn
    assert waiting_for(people.karin) == [answer] and waiting_for(people.sofia) == []
    queue = page(karin, "/to-answer")
    assert "Elin Forsgren has answered the reason" in queue and "Nothing waits" not in queue
    for person in (people.elin, people.sofia, people.amina):
        with pytest.raises(NotThere):
            keep_answer(answer, by=person)
    clock.news()
    before, entries = without_keys(page(amina, conversation)), Entry.objects.count()
    assert karin.post(f"/answers/{answer}/keeps").status_code == 302
    karin.post(f"/answers/{answer}/keeps")
    clock.news()
    assert without_keys(page(amina, conversation)) == before and Entry.objects.count() == entries + 1
    assert "The answer stands" in page(elin, conversation)
    assert "You have said that it stands" in page(karin, conversation)
    assert waiting_for(people.karin) == []
    told = Notice.everything.filter(reason=Notice.Reason.ANSWER_KEPT)
    assert [one.person_id for one in told] == [people.elin.id]
    assert "The answer stands" in page(elin, "/for-you")


def test_a_new_answer_gives_a_new_once(answering: Answering, clock: Clock) -> None:
    people = answering.people
    _share, asked = answering.letter()
    first = give_answer(asked, NO, by=people.karin)
    answer_reason(first, "Det kostar inget.", by=people.elin)
    second = replace_answer(first, NO, by=people.karin)
    assert waiting_for(people.karin) == []
    with pytest.raises(Refused, match="replaced"):
        keep_answer(first, by=people.karin)
    answer_reason(second, "Det kostar fortfarande inget.", by=people.elin)
    third = replace_answer(second, YES, by=people.karin)
    with pytest.raises(Refused, match="has a reason"):
        answer_reason(third, "Tack.", by=people.elin)
    assert standing(third, viewer_for(people.elin.id)) is None


def test_taken_back_it_waits_for_nobody(answering: Answering) -> None:
    people = answering.people
    share, asked = answering.letter()
    answer = give_answer(asked, NO, by=people.karin)
    # Shown to all without a name meanwhile: in the letter it is hers as before.
    sharing.open_line(
        Contribution.everything.get(id=share.contribution_id),
        Revision.everything.get(id=share.revision_id),
        audience_of(Rung.ORGANISATION, []),
        unnamed(),
        moments.now(),
    )
    answer_reason(answer, "Det kostar inget.", by=people.elin)
    assert shares_of(share.conversation_id, viewer_for(people.karin.id))[-1].person_name == people.elin.name
    said = shares_of(share.conversation_id, viewer_for(people.elin.id))[-1]
    take_back(said.line, by=people.elin)
    assert waiting_for(people.karin) == []
    with pytest.raises(NotThere):
        keep_answer(answer, by=people.karin)


@pytest.mark.parametrize("hidden", [Byline.Kind.UNNAMED, Byline.Kind.PSEUDONYM])
def test_under_the_name_the_idea_stands_under(
    answering: Answering, clock: Clock, hidden: Byline.Kind
) -> None:
    """To say that it is the author's must not say who that is."""
    people = answering.people
    share = start(Kind.IDEA, "Byt stol.", by=people.elin, choice=Choice(Rung.ORGANISATION), hidden=hidden)
    answer = opened(answering.ask(share, people.elin), people.karin, clock)
    answer_reason(answer, "Det kostar inget.", by=people.elin)
    said = shares_of(share.conversation_id, viewer_for(people.amina.id))
    idea, reply = said[0], said[-1]
    assert "inget" in reply.html and reply.byline == hidden and reply.person is None
    assert reply.alias == idea.alias
    amina, address = client_of(people.amina), f"/conversations/{address_of(share)[0]}"
    assert "Answers the reason" in page(amina, address)
    shown = page(client_of(people.karin), "/to-answer")
    assert "has answered the reason" in shown and "Elin" not in shown
    assert Share.everything.filter(contribution_id=reply.contribution).count() == 1
    # Once she shows her name under the one, nothing says that the other is hers too.
    show_as(reply.line, Byline.Kind.NAMED, by=people.elin)
    drawn = page(amina, address)
    assert people.elin.name in drawn and "Answers the reason" not in drawn
