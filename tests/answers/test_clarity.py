"""Whether an answer is clear: a sentence from five on, from the readers of the same line, and never a number."""

import pytest

from communis.answers.answering import Given, Wording, give_answer, open_answers
from communis.answers.clarity import count_clarity, most_find, tap
from communis.answers.models import ClarityTap
from communis.answers.verdicts import ReasonKind, Verdict
from communis.conversations import sharing
from communis.conversations.kinds import Kind
from communis.conversations.lines import address_of
from communis.conversations.models import Contribution, Revision, Share
from communis.conversations.reading import shares_of
from communis.conversations.refusals import NotThere, Refused
from communis.journal import moments
from communis.openness.audiences import audience_of
from communis.openness.bylines import Byline
from communis.openness.rungs import Rung
from communis.people.holdings import viewer_for
from tests.answers.town import Answering
from tests.clock import Clock
from tests.web.forms import client_of, page

NO = Given(Verdict.NO, Wording("Nej, det blir inte av.", "Pengarna räcker inte i år."), ReasonKind.MONEY)
CLEAR, UNCLEAR = "find the answer clear.", "find the answer unclear."


@pytest.mark.parametrize(
    ("taps", "found"),
    [
        ([True] * 4, None),
        ([True] * 5, True),
        ([False] * 4 + [True], False),
        ([True] * 3 + [False] * 2, None),
        ([True] * 4 + [False] * 2, True),
        ([True, False] * 10, None),
    ],
)
def test_from_five_on_and_two_of_three(taps: list[bool], found: bool | None) -> None:
    assert most_find(taps) is found


def test_said_by_those_who_read_the_same(answering: Answering, clock: Clock) -> None:
    people = answering.people
    share, asked = answering.idea()
    give_answer(asked, NO, by=people.karin)
    clock.forward(25 * moments.HOUR)
    open_answers()
    answer = next(one for one in shares_of(share.conversation_id, viewer_for(people.amina.id)) if one.parent)
    with pytest.raises(Refused, match="someone else has given"):
        tap(answer.line, True, by=people.karin)
    with pytest.raises(Refused):
        tap(address_of(share)[1], True, by=people.amina)
    with pytest.raises(NotThere):
        tap(answer.line, True, by=people.stina)
    # The management reads it on a narrower line of its own: whether they find it clear is not counted here.
    narrow = sharing.open_line(
        Contribution.everything.get(id=answer.contribution),
        Revision.everything.get(id=answer.revision),
        audience_of(Rung.CIRCLE, [people.management.principal_id]),
        Byline.everything.get(id=Share.everything.get(id=answer.share).byline_id),
        moments.now(),
    )
    narrow_line = address_of(narrow)[1]
    with pytest.raises(NotThere):
        tap(narrow_line, False, by=people.amina)
    for person in (people.sofia, people.nadja):
        tap(narrow_line, False, by=person)
        with pytest.raises(NotThere):
            tap(answer.line, False, by=person)
    for person in (people.elin, people.amina, people.johan):
        tap(answer.line, False, by=person)
        tap(answer.line, True, by=person)
    address = f"/conversations/{address_of(share)[0]}"
    amina, sofia, elin = client_of(people.amina), client_of(people.sofia), client_of(people.elin)
    count_clarity()
    for client in (amina, sofia, elin):
        shown = page(client, address)
        assert CLEAR not in shown and UNCLEAR not in shown
    assert 'name="clear" value="yes" aria-pressed="true"' in page(amina, address)
    tap(answer.line, True, by=people.leyla)
    assert amina.post(f"/lines/{answer.line}/clarity", {"clear": "yes"}).status_code == 302
    tap(answer.line, True, by=people.vera)
    # Once a day: one press more or less is not seen at once.
    assert count_clarity() == 0 and CLEAR not in page(amina, address)
    clock.forward(moments.DAY)
    assert count_clarity() == 2
    assert CLEAR in page(amina, address) and CLEAR in page(elin, address)
    shown = page(sofia, address)
    assert CLEAR not in shown and UNCLEAR not in shown
    # Nobody signed out is told, and no person is kept.
    assert {one.tapper for one in ClarityTap.objects.all()}.isdisjoint({one.name for one in people.everyone})
    assert answer.kind == Kind.ANSWER
