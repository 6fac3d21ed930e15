"""A proposal to open what was said behind the scenes: agreed to beforehand, asked by receipt, or left where it is."""

import pytest

from communis.behind_the_scenes import consenting, holding, reconciling
from communis.behind_the_scenes.days import noon_of
from communis.behind_the_scenes.models import Waiting
from communis.behind_the_scenes.release import release
from communis.conversations import reconciling as everything
from communis.conversations.contributing import contribute
from communis.conversations.lines import line_seen
from communis.conversations.models import Share
from communis.conversations.reading import address_of_conversation
from communis.conversations.refusals import NotThere, Refused
from communis.journal.models import Entry
from communis.journal.moments import DAY
from communis.openness.bylines import Byline
from communis.openness.choosing import Choice
from communis.openness.rungs import Rung
from communis.people.holdings import viewer_for
from communis.widening import reconciling as openings
from communis.widening import telling
from communis.widening.completing import choose_to_open, open_due, remind_and_end
from communis.widening.future import Proposal
from communis.widening.models import Consent, Widening
from communis.widening.proposing import propose
from tests.behind_the_scenes.unit import ORIGIN, Unit

ALL = Choice(Rung.ORGANISATION)


@pytest.fixture(autouse=True)
def at_once(settings) -> None:
    settings.HOURS_TO_TAKE_BACK = 0


def proposed(unit: Unit) -> str:
    """The manager wants to show it to all employees; the answer is due in two weeks."""
    conversation = address_of_conversation(Share.everything.latest("id").conversation_id)
    return propose(conversation, ALL, "Fler borde läsa.", by=unit.manager)


def opened(unit: Unit, widening: str) -> int:
    """The time goes out, the manager chooses; how many lines opened."""
    unit.clock.at = Widening.everything.get(public_id=widening).answer_by + 1
    try:
        choose_to_open(widening, by=unit.manager)
    except Refused:
        return 0
    return open_due()


def ready(widening: str) -> bool:
    return Proposal(Widening.everything.get(public_id=widening)).ready


def asked(code: bytes) -> consenting.Opening:
    (one,) = consenting.openings(holding.held_by(code))
    return one


def test_asked_with_the_receipt_and_opened_behind_the_scenes(unit: Unit) -> None:
    code = unit.appears(unit.members[0])
    widening = proposed(unit)
    one = asked(code)
    assert [each.shown.html.strip() for each in one.asked] == [f"<p>{ORIGIN}</p>"]
    page = one.proposal.page_as_asked(holding.viewer_with(holding.held_by(code)))
    assert [seen.html.strip() for seen in page] == [f"<p>{ORIGIN}</p>"]
    before = Entry.objects.count()
    consenting.consent(code, widening, yes=True, page=one.page)
    assert asked(code).says_yes and Entry.objects.count() == before
    # The manager is told nothing before the time is out, though everyone has said yes.
    assert not ready(widening)
    answered = Consent.everything.get().answered_at
    assert answered is not None and answered == noon_of(answered // DAY + 719_163)
    unit.noon()
    release()
    assert Entry.objects.get(verb="answered widening by receipt").person_id is None
    assert opened(unit, widening) == 1
    wide = Share.everything.latest("id")
    assert wide.rung == Rung.ORGANISATION
    outside = viewer_for(unit.outsider.id)
    seen = next(one for one in Share.visible.to(outside).filter(id=wide.id))
    assert seen.id == wide.id and wide.opened_at > 0
    assert line_seen_of(wide, outside) == Byline.Kind.BEHIND_THE_SCENES
    assert differences() == []


def line_seen_of(share: Share, viewer: object) -> int:
    from communis.conversations.models import Line

    return line_seen(Line.everything.get(id=share.line_id).public_id, viewer).share.byline  # type: ignore[arg-type]


def differences() -> list[object]:
    return [*everything.differences(), *openings.differences(), *reconciling.differences()]


def test_agreed_to_beforehand(unit: Unit) -> None:
    code = unit.appears(unit.members[0], opens_to=int(Rung.ORGANISATION))
    widening = proposed(unit)
    assert asked(code).says_yes
    assert not ready(widening)
    assert opened(unit, widening) == 1
    assert differences() == []


def test_agreed_to_beforehand_and_not_so_far(unit: Unit) -> None:
    unit.appears(unit.members[0], opens_to=int(Rung.ORGANISATION))
    conversation = address_of_conversation(Share.everything.latest("id").conversation_id)
    widening = propose(conversation, Choice(Rung.PUBLIC), "Alla borde läsa.", by=unit.manager)
    assert opened(unit, widening) == 0


def test_without_an_answer_it_stays(unit: Unit) -> None:
    unit.appears(unit.members[0])
    assert opened(unit, proposed(unit)) == 0


def test_a_no_and_a_yes_taken_back_stay(unit: Unit) -> None:
    code = unit.appears(unit.members[0], opens_to=int(Rung.PUBLIC))
    widening = proposed(unit)
    consenting.consent(code, widening, yes=False, page="")
    assert not asked(code).says_yes
    assert opened(unit, widening) == 0


def test_a_yes_holds_for_the_page_that_was_looked_at(unit: Unit) -> None:
    code = unit.appears(unit.members[0])
    widening = proposed(unit)
    with pytest.raises(Refused):
        consenting.consent(code, widening, yes=True, page="x")
    consenting.consent(code, widening, yes=True, page=asked(code).page)
    holding.reword(code, unit.line(), "Andra ord.")
    unit.noon()
    release()
    assert not asked(code).says_yes
    assert opened(unit, widening) == 0


def test_only_the_receipt_of_the_words_answers(unit: Unit) -> None:
    unit.appears(unit.members[0])
    widening = proposed(unit)
    other = unit.appears(unit.members[1], "En annans.")
    assert consenting.openings(holding.held_by(other)) == []
    with pytest.raises(NotThere):
        consenting.consent(other, widening, yes=True, page="")
    assert Waiting.everything.count() == 0


def test_nobody_is_told_or_reminded_for_a_receipt(unit: Unit) -> None:
    unit.appears(unit.members[0])
    widening = proposed(unit)
    number = Widening.everything.get(public_id=widening).id
    assert telling.asked(number) == telling.silent(number) == set()
    unit.days(8)
    remind_and_end()
    unit.clock.news()
    assert not ready(widening)


def test_the_others_answer_for_their_own(unit: Unit) -> None:
    code = unit.appears(unit.members[0], opens_to=int(Rung.ORGANISATION))
    contribute(unit.line(), "Jag med.", by=unit.members[1])
    widening = proposed(unit)
    assert len(asked(code).asked) == 1
    assert Consent.everything.filter(person=unit.members[1]).count() == 1
    assert opened(unit, widening) == 1
    assert differences() == []


def test_taken_back_where_it_was_opened(unit: Unit) -> None:
    code = unit.appears(unit.members[0], opens_to=int(Rung.ORGANISATION))
    widening = proposed(unit)
    assert opened(unit, widening) == 1
    wide = holding.held_by(code).words[-1]
    assert wide.audience.rung == Rung.ORGANISATION
    holding.take_back(code, wide.line)
    assert [words.audience.rung for words in holding.held_by(code).words] == [Rung.CIRCLE]
    unit.noon()
    release()
    assert differences() == []
