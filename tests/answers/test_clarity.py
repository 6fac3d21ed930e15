"""Whether answers are clear and fair: pressed by those who were answered, and said of all answers from five on."""

import pytest

from communis.answers.answering import Given, Wording, give_answer, open_answers
from communis.answers.clarity import Found, count_clarity, most_find, tap, what_most_find
from communis.answers.verdicts import ReasonKind, Verdict
from communis.conversations.lines import address_of
from communis.conversations.refusals import NotThere, Refused
from communis.journal import moments
from tests.answers.town import Answering
from tests.clock import Clock
from tests.web.forms import client_of, page

NO = Given(Verdict.NO, Wording("Nej, det blir inte av.", "Pengarna räcker inte i år."), ReasonKind.MONEY)
CLEAR = "find the answers here clear."
PRESSED = 'name="clear" value="yes" aria-pressed="true"'


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


def test_said_by_the_authors_and_shown_of_all_answers_alone(answering: Answering, clock: Clock) -> None:
    people = answering.people
    count_clarity()
    given = []
    for author in (people.elin, people.amina, people.johan, people.sofia, people.nadja):
        share, asked = answering.idea(by=author)
        given.append((author, share, give_answer(asked, NO, by=people.karin)))
    clock.forward(25 * moments.HOUR)
    open_answers()
    elin, share, answer = given[0]
    with pytest.raises(NotThere):
        tap(answer, clear=True, by=people.amina)
    with pytest.raises(Refused, match="someone else has given"):
        tap(answer, clear=True, by=people.karin)
    address = f"/conversations/{address_of(share)[0]}"
    assert PRESSED not in page(client_of(elin), address)
    assert client_of(elin).post(f"/answers/{answer}/clarity", {"clear": "yes"}).status_code == 302
    assert PRESSED in page(client_of(elin), address)
    # Neither who gave the answer nor anybody else who reads it.
    for person in (people.karin, people.amina):
        assert "/clarity" not in page(client_of(person), address)
    for author, _share, one in given[1:4]:
        tap(one, clear=True, by=author)
        tap(one, fair=False, by=author)
    # Elin once more, of another answer: four have said so still.
    _share, asked = answering.idea(by=elin)
    tap(give_answer(asked, NO, by=people.karin), clear=True, by=elin)
    clock.forward(moments.DAY)
    assert count_clarity() == 1 and count_clarity() == 0
    assert what_most_find() == Found()
    tap(given[4][2], clear=True, by=people.nadja)
    assert count_clarity() == 0
    clock.forward(moments.DAY)
    assert count_clarity() == 1
    assert what_most_find() == Found(clear=True)
    assert CLEAR in page(client_of(people.karin), "/to-answer")
    assert CLEAR in page(client_of(people.leyla), "/to-answer")
    assert CLEAR not in page(client_of(elin), "/to-answer")
