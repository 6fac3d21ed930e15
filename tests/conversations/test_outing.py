"""Words that tell who a hidden author is: said without saying who said so, and told to whom it concerns."""

import pytest

from communis.attention.models import Notice
from communis.conversations.contributing import contribute
from communis.conversations.kinds import Kind
from communis.conversations.lines import line_seen
from communis.conversations.models import OutingFlag
from communis.conversations.outing import flag_outing, has_flagged, may_flag
from communis.conversations.refusals import Refused
from communis.journal.models import Entry
from communis.journal.reactions import react
from communis.openness.bylines import Byline
from communis.openness.choosing import Choice
from communis.openness.rungs import Rung
from communis.people.holdings import viewer_for
from communis.people.models import Person
from tests.cast import Cast, to_all
from tests.clock import Clock
from tests.conversations.test_unnaming import line_of


def offered(line: str, person: Person) -> bool:
    viewer = viewer_for(person.id)
    return may_flag(line_seen(line, viewer).share, viewer)


def test_offered_where_someone_writes_without_a_name(people: Cast) -> None:
    idea = to_all(Kind.IDEA, "Byt stol.", people.karin)
    guess = line_of(contribute(line_of(idea), "Elin, va?", by=people.johan))
    assert not offered(guess, people.nadja)
    with pytest.raises(Refused):
        flag_outing(guess, by=people.nadja)
    contribute(line_of(idea), "Jag vågar inte.", by=people.elin, hidden=Byline.Kind.PSEUDONYM)
    assert offered(guess, people.nadja)
    # Not of one's own words; and the only one who is hidden is offered what others are.
    assert not offered(guess, people.johan) and offered(guess, people.elin)
    with pytest.raises(Refused):
        flag_outing(guess, by=people.johan)


def test_told_to_whom_it_concerns_once_and_not_by_whom(people: Cast, clock: Clock) -> None:
    idea = to_all(Kind.IDEA, "Byt stol.", people.karin)
    contribute(line_of(idea), "Jag vågar inte.", by=people.elin, hidden=Byline.Kind.UNNAMED)
    guess = line_of(contribute(line_of(idea), "Elin, va?", by=people.johan))
    for person in (people.nadja, people.nadja, people.amina):
        flag_outing(guess, by=person)
    clock.news()
    react()
    told = Notice.everything.filter(reason=Notice.Reason.OUTING)
    assert sorted(one.person_id for one in told) == sorted([people.johan.id, people.karin.id])
    flagged = Entry.objects.filter(verb="flagged as outing")
    assert {one.person_id for one in flagged} == {None}
    assert OutingFlag.objects.count() == 2
    seen = line_seen(guess, viewer_for(people.nadja.id)).share
    assert has_flagged(seen, by=people.nadja) and not has_flagged(seen, by=people.karin)


def test_whoever_sees_nobody_hidden_is_not_told(people: Cast, clock: Clock) -> None:
    """That someone has written to few without a name is told to those few."""
    idea = to_all(Kind.IDEA, "Byt stol.", people.karin)
    few = Choice(Rung.CIRCLE, circles=(people.food_waste.public_id,))
    contribute(line_of(idea), "Jag vågar inte.", by=people.amina, choice=few, hidden=Byline.Kind.UNNAMED)
    guess = line_of(contribute(line_of(idea), "Amina, va?", by=people.karin))
    flag_outing(guess, by=people.nadja)
    clock.news()
    told = Notice.everything.filter(reason=Notice.Reason.OUTING)
    assert not told
    contribute(line_of(idea), "Hellre byta bord.", by=people.sofia, hidden=Byline.Kind.UNNAMED)
    for person in (people.johan, people.elin):
        flag_outing(guess, by=person)
        clock.news()
    assert [one.person_id for one in told.all()] == [people.karin.id]
