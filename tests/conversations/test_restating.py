"""Plain restatements: proposed by anyone, adopted with credit, seen by who may see both (R102)."""

import pytest

from communis.attention.models import Notice
from communis.attention.notices import told
from communis.conversations.contributing import contribute, start
from communis.conversations.kinds import Kind, Level
from communis.conversations.lines import address_of, line_seen
from communis.conversations.models import Share
from communis.conversations.refusals import NotThere, Refused
from communis.conversations.restating import adopt, headlines, stand_alone_again
from communis.conversations.revising import take_back
from communis.conversations.words import Terms
from communis.openness.choosing import Choice
from communis.openness.rungs import Rung
from communis.people.holdings import viewer_for
from communis.people.models import Person
from tests.cast import Cast, letter, open_post, to_all
from tests.clock import Clock


def line_of(share: Share) -> str:
    return address_of(share)[1]


def question(people: Cast) -> Share:
    terms = Terms(Level.CONSULTATION, "Mötena.", hosts=(people.sofia.id,))
    text = "Hur kan mötesfrekvensen optimeras?"
    return start(Kind.QUESTION, text, by=people.karin, choice=Choice(Rung.ORGANISATION), terms=terms)


def restate(line: str, text: str, by: Person, *only: Person) -> str:
    choice = Choice(Rung.DIRECT, persons=tuple(one.public_id for one in only)) if only else None
    return line_of(contribute(line, text, by=by, kind=Kind.RESTATEMENT, choice=choice))


def headline(line: str, person: Person) -> str:
    viewer = viewer_for(person.id)
    seen = line_seen(line, viewer).share
    return headlines([seen], viewer).get(seen.contribution, seen).html.strip()


def test_the_host_adopts_and_everyone_reads_it(people: Cast) -> None:
    line = line_of(question(people))
    plain = restate(line, "Ska vi ha färre möten?", people.amina)
    assert headline(line, people.elin) == "<p>Hur kan mötesfrekvensen optimeras?</p>"
    adopt(plain, by=people.sofia)
    assert headline(line, people.elin) == "<p>Ska vi ha färre möten?</p>"


def test_another_replaces_it_and_ending_it_brings_none_back(people: Cast) -> None:
    line = line_of(question(people))
    adopt(restate(line, "Ett.", people.amina), by=people.karin)
    adopt(restate(line, "Två.", people.elin), by=people.karin)
    assert headline(line, people.nadja) == "<p>Två.</p>"
    stand_alone_again(line, by=people.sofia)
    assert headline(line, people.nadja) == "<p>Hur kan mötesfrekvensen optimeras?</p>"


def test_only_who_may_see_both_reads_the_headline(people: Cast) -> None:
    line = line_of(question(people))
    adopt(restate(line, "För alla.", people.elin), by=people.karin)
    adopt(restate(line, "Bara för Karin.", people.amina, people.karin), by=people.karin)
    assert headline(line, people.karin) == headline(line, people.amina) == "<p>Bara för Karin.</p>"
    # What was adopted beyond their sight takes nothing from the others.
    assert headline(line, people.elin) == "<p>För alla.</p>"


def test_taken_back_it_is_no_headline(people: Cast) -> None:
    line = line_of(question(people))
    plain = restate(line, "Färre möten?", people.amina)
    adopt(plain, by=people.karin)
    take_back(plain, by=people.amina)
    assert headline(line, people.elin) == "<p>Hur kan mötesfrekvensen optimeras?</p>"


def test_only_the_host_or_the_ideas_author_adopts(people: Cast) -> None:
    line = line_of(question(people))
    plain = restate(line, "Färre möten?", people.amina)
    for other in (people.amina, people.leyla, people.elin):
        with pytest.raises(Refused):
            adopt(plain, by=other)
    with pytest.raises(Refused):
        adopt(line_of(contribute(line, "Ett svar.", by=people.amina)), by=people.karin)
    idea = line_of(to_all(Kind.IDEA, "Byt stol.", people.elin))
    of_idea = restate(idea, "Byt plats.", people.johan)
    with pytest.raises(Refused):
        adopt(of_idea, by=people.karin)
    adopt(of_idea, by=people.elin)
    with pytest.raises(Refused):
        stand_alone_again(idea, by=people.johan)
    hidden = restate(line_of(letter("Tänk om.", people.elin, people.karin)), "Tänk.", people.karin)
    with pytest.raises(NotThere):
        adopt(hidden, by=people.amina)


def test_only_a_question_or_an_idea_is_restated(people: Cast) -> None:
    with pytest.raises(Refused):
        restate(line_of(open_post("Till alla.", people.karin)), "Alla.", people.amina)


def test_it_is_never_wider_than_what_it_restates(people: Cast) -> None:
    line = line_of(letter("Tänk om.", people.elin, people.karin))
    with pytest.raises(Refused):
        contribute(line, "Tänk.", by=people.karin, kind=Kind.RESTATEMENT, choice=Choice(Rung.ORGANISATION))


def test_the_proposer_is_told_while_it_stands(people: Cast, clock: Clock) -> None:
    line = line_of(question(people))
    plain, other = restate(line, "Ett.", people.amina), restate(line, "Två.", people.elin)
    adopt(plain, by=people.karin)
    clock.news()
    reasons = [one.reason for one in told(viewer_for(people.amina.id), by=people.amina)]
    assert reasons == [Notice.Reason.ADOPTED]
    adopt(other, by=people.karin)
    stand_alone_again(line, by=people.karin)
    clock.news()
    assert told(viewer_for(people.elin.id), by=people.elin) == []
