"""Moving a branch: the conversation changes and nothing else; whoever could read reads on (R104, gate rule 15)."""

from collections.abc import Iterator
from random import Random
from typing import NamedTuple

import pytest

from communis.attention.models import Notice
from communis.attention.notices import told
from communis.conversations.contributing import contribute, start
from communis.conversations.drafting import draft_at, reply_place, save_draft
from communis.conversations.following import follow, mark_seen, marks_of
from communis.conversations.gate import Seen
from communis.conversations.kinds import Kind, Level, Sign
from communis.conversations.lines import address_of, line_seen
from communis.conversations.models import Contribution, Conversation, Following, Mark, Moved, Share
from communis.conversations.moving import came_from, gone_on, move
from communis.conversations.news import newest_in
from communis.conversations.reacting import react, signs_on
from communis.conversations.reading import shares_at, shares_of, thread
from communis.conversations.reconciling import differences
from communis.conversations.refusals import NotThere, Refused
from communis.conversations.revising import revise, take_back
from communis.conversations.words import Quoted, Terms
from communis.openness.choosing import Choice
from communis.openness.rungs import Rung
from communis.people import actions
from communis.people.holdings import viewer_for
from communis.people.models import Person
from tests.cast import Cast, letter, to_all
from tests.clock import Clock


def line_of(share: Share) -> str:
    return address_of(share)[1]


def direct(*persons: Person) -> Choice:
    return Choice(Rung.DIRECT, persons=tuple(person.public_id for person in persons))


class Talk(NamedTuple):
    """A question, and in it a branch of sixty contributions at three rungs by twelve persons."""

    persons: list[Person]
    host: Person
    question: Share
    root: Share
    branch: list[Share]


@pytest.fixture
def talk(people: Cast) -> Iterator[Talk]:
    persons = [one for one in people.everyone if one not in (people.stina, people.leyla, people.vera)]
    for number in range(12 - len(persons)):
        persons.append(actions.welcome(f"Person {number}", f"p{number}@avinge.example", by=people.leyla))
    assert len(persons) == 12
    circle = Choice(Rung.CIRCLE, circles=(people.food_waste.public_id,))
    for person in persons:
        if person not in (people.amina, people.nadja):
            actions.let_in(person, people.food_waste, by=people.amina)
    chance = Random(15)
    terms = Terms(Level.CONSULTATION, "Mötena.", hosts=(people.sofia.id,))
    whole = Choice(Rung.ORGANISATION)
    question = start(Kind.QUESTION, "Hur blir det färre möten?", by=people.karin, choice=whole, terms=terms)
    contribute(line_of(question), "Ett svar som stannar.", by=people.johan)
    quoted = Quoted(line_of(question), "färre möten")
    root = contribute(line_of(question), "Makt och tid.", by=people.nadja, quotes=[quoted])
    branch = [root]
    rungs = {3: [root], 2: [], 1: []}
    for number in range(59):
        by = persons[number % 12]
        if number % 3 == 0 or not rungs[2]:
            answered = chance.choice(rungs[3])
            choice = circle if number % 2 or not rungs[2] else None
        else:
            answered = chance.choice(rungs[2] if number % 3 == 1 else rungs[3])
            choice = None if number % 5 else direct(persons[(number + 1) % 12])
        share = contribute(line_of(answered), f"Ord {number}.", by=by, choice=choice)
        rungs[share.rung].append(share)
        branch.append(share)
    assert len(branch) == 60 and all(len(found) >= 5 for found in rungs.values())
    yield Talk(persons, people.sofia, question, root, branch)


def all_seen(talk: Talk) -> dict[int, dict[str, tuple[object, ...]]]:
    """For each person every contribution of the world by its line, without where it stands."""
    numbers = list(Conversation.everything.values_list("id", flat=True))
    return {
        person.id: {
            seen.line: seen._replace(conversation=0, opening=False)
            for number in numbers
            for seen in shares_of(number, viewer_for(person.id))
            if seen.kind != Kind.SUMMARY
        }
        for person in talk.persons
    }


def test_lines_audiences_bylines_and_addresses_stay(talk: Talk) -> None:
    react(line_of(talk.branch[1]), Sign.POINT, by=next(one for one in talk.persons if _may_sign(talk, one)))
    before = all_seen(talk)
    signs = _signs(talk)
    moved = move(line_of(talk.root), "Om makt och tid.\nFortsätter i eget samtal.", by=talk.host)
    assert all_seen(talk) == before
    assert _signs(talk) == signs
    here = Conversation.everything.get(public_id=moved)
    stands = set(Contribution.everything.filter(conversation=here).values_list("id", flat=True))
    assert stands == {share.contribution_id for share in talk.branch}
    for person in talk.persons:
        for seen in before[person.id]:
            found = line_seen(seen, viewer_for(person.id))
            inside = found.share.contribution in stands
            assert (found.conversation_public_id == moved) == inside
    assert differences() == []


def _may_sign(talk: Talk, person: Person) -> bool:
    seen = shares_of(talk.question.conversation_id, viewer_for(person.id))
    return any(one.share == talk.branch[1].id and not one.own for one in seen)


def _signs(talk: Talk) -> list[tuple[int, str]]:
    found = []
    for person in talk.persons:
        shares = [one for share in talk.branch for one in _seen(share, person)]
        found.append((person.id, str(sorted(signs_on(shares).items()))))
    return found


def _seen(share: Share, person: Person) -> list[Seen]:
    try:
        return [line_seen(line_of(share), viewer_for(person.id)).share]
    except NotThere:
        return []


def test_marks_and_following_go_along_for_those_who_see_any_of_it(talk: Talk, people: Cast) -> None:
    old = talk.question.conversation_id
    public = Conversation.everything.get(id=old).public_id
    mark_seen(old, talk.branch[30].opened_at, by=people.karin)
    follow(public, Following.Way.LISTENING, by=people.elin)
    follow(public, Following.Way.SILENT, by=people.johan)
    new = Conversation.everything.get(public_id=move(line_of(talk.root), "Om makt.", by=people.nadja)).id
    seen = [marks_of(one, by=people.karin).seen_until for one in (new, old)]
    assert seen == [talk.branch[30].opened_at] * 2
    assert (marks_of(new, by=people.elin).way, marks_of(new, by=people.johan).way) == (1, 2)
    assert (marks_of(old, by=people.elin).way, marks_of(new, by=people.amina).way) == (1, None)


def test_who_sees_nothing_of_it_gets_no_row(people: Cast) -> None:
    question = to_all(Kind.IDEA, "Byt stol.", people.elin)
    root = contribute(line_of(question), "Viskat.", by=people.karin, choice=direct(people.elin))
    for person in (people.amina, people.elin):
        mark_seen(question.conversation_id, root.opened_at, by=person)
        follow(address_of(question)[0], Following.Way.LISTENING, by=person)
    new = Conversation.everything.get(public_id=move(line_of(root), "Viskat vidare.", by=people.karin)).id
    assert list(Mark.objects.filter(conversation_id=new).values_list("person_id", flat=True)) == [
        people.elin.id
    ]
    assert list(Following.objects.filter(conversation_id=new).values_list("person_id", flat=True)) == [
        people.elin.id
    ]
    assert shares_at(Conversation.everything.get(id=new).public_id, viewer_for(people.amina.id))[1] == []


def test_a_link_both_ways_for_those_who_see_the_summary(talk: Talk, people: Cast) -> None:
    moved = move(line_of(talk.root), "Om makt och tid.", by=people.nadja)
    viewer = viewer_for(people.elin.id)
    old_shares = shares_of(talk.question.conversation_id, viewer)
    (summary,) = [seen for seen in old_shares if seen.kind == Kind.SUMMARY]
    assert (summary.person_name, summary.audience) == (people.nadja.name, talk.root.audience_id)
    assert gone_on(old_shares, viewer) == {summary.contribution: moved}
    number, here = shares_at(moved, viewer)
    (opening,) = [seen for seen in here if seen.opening]
    found = came_from(opening, viewer)
    assert found is not None
    assert (found[0], found[1].line) == (address_of(talk.question)[0], summary.line)
    first = thread(number, here)[0]
    assert first.seen == opening and first.depth == 0


def test_the_summary_is_required_short_and_read_by_the_roots_readers_alone(people: Cast) -> None:
    idea = to_all(Kind.IDEA, "Byt stol.", people.elin)
    root = contribute(line_of(idea), "Viskat.", by=people.karin, choice=direct(people.elin))
    for summary in ("", " \n ", "a\nb\nc", "x" * 401):
        with pytest.raises(Refused):
            move(line_of(root), summary, by=people.karin)
    assert not Moved.objects.exists()
    move(line_of(root), "En rad.\r\n\r\nEn till.", by=people.karin)
    kinds = {
        person.id: {seen.kind for seen in shares_of(idea.conversation_id, viewer_for(person.id))}
        for person in (people.elin, people.amina)
    }
    assert kinds == {people.elin.id: {Kind.IDEA, Kind.SUMMARY}, people.amina.id: {Kind.IDEA}}


def test_who_may_move(talk: Talk, people: Cast) -> None:
    """Its author, and who looks after the conversation; nobody who only passes by, and nothing unseen."""
    for person in (people.elin, people.johan):
        with pytest.raises(Refused):
            move(line_of(talk.root), "Nej.", by=person)
    hidden = line_of(letter("Tänk om.", people.elin, people.karin))
    with pytest.raises(NotThere):
        move(hidden, "Nej.", by=people.amina)
    for opening in (line_of(talk.question), hidden):
        with pytest.raises(Refused):
            move(opening, "Nej.", by=people.karin)
    moved = move(line_of(talk.root), "Ja.", by=people.karin, key="k")
    assert move(line_of(talk.root), "Ja.", by=people.karin, key="k") == moved
    with pytest.raises(Refused):
        move(line_of(talk.root), "En gång till.", by=people.nadja)


def test_the_mover_needs_to_see_the_root_only(people: Cast) -> None:
    idea = to_all(Kind.IDEA, "Byt stol.", people.elin)
    root = contribute(line_of(idea), "Viskat?", by=people.karin)
    hidden = contribute(line_of(root), "Till Karin.", by=people.amina, choice=direct(people.karin))
    moved = move(line_of(root), "Om att viska.", by=people.elin)
    assert len(shares_at(moved, viewer_for(people.elin.id))[1]) == 1
    assert address_of(Share.everything.get(id=hidden.id))[0] == moved
    assert [one.line for one in shares_at(moved, viewer_for(people.amina.id))[1]] == [
        line_of(root),
        line_of(hidden),
    ]


def test_what_begins_after_it_goes_on_there(talk: Talk, people: Cast) -> None:
    place = reply_place(line_of(talk.branch[1]))
    save_draft(place, "Påbörjat.", by=people.karin)
    moved = move(line_of(talk.root), "Om makt.", by=people.nadja)
    begun = draft_at(place, by=people.karin)
    assert begun is not None and begun.text == "Påbörjat."
    answer = contribute(line_of(talk.root), begun.text, by=people.karin)
    edited = revise(line_of(talk.root), "Makt, och tid.", by=people.nadja)
    assert address_of(answer)[0] == address_of(edited)[0] == moved
    assert newest_in(moved, viewer_for(people.elin.id)) == answer.opened_at
    assert Share.everything.get(id=edited.id).opening
    take_back(line_of(talk.root), by=people.nadja)
    assert differences() == []


def test_a_branch_of_a_moved_branch_moves_too(talk: Talk, people: Cast) -> None:
    deeper = contribute(line_of(talk.root), "Och pengar?", by=people.elin)
    contribute(line_of(deeper), "Ja, pengar.", by=people.johan)
    first = move(line_of(talk.root), "Om makt.", by=people.nadja)
    second = move(line_of(deeper), "Om pengar.", by=people.nadja)
    assert first != second and len(shares_at(second, viewer_for(people.elin.id))[1]) == 2
    assert differences() == []


def test_those_who_wrote_in_it_are_told_and_earlier_notices_go_along(people: Cast, clock: Clock) -> None:
    idea = to_all(Kind.IDEA, "Byt stol.", people.elin)
    root = contribute(line_of(idea), "Varför stol?", by=people.karin)
    contribute(line_of(root), "För ryggen.", by=people.amina)
    clock.news()
    assert [one.reason for one in told(viewer_for(people.karin.id), by=people.karin)] == [
        Notice.Reason.ANSWERED
    ]
    moved = move(line_of(root), "Om ryggar.", by=people.elin)
    clock.news()
    notices = told(viewer_for(people.karin.id), by=people.karin)
    assert [one.reason for one in notices] == [Notice.Reason.MOVED, Notice.Reason.ANSWERED]
    assert [one.conversation for one in notices] == [address_of(idea)[0], moved]
    new = Conversation.everything.get(public_id=moved)
    mark_seen(new.id, clock.at, by=people.karin)
    assert [one.read for one in told(viewer_for(people.karin.id), by=people.karin)] == [False, True]
    assert [one.reason for one in told(viewer_for(people.amina.id), by=people.amina)] == [Notice.Reason.MOVED]
    assert Notice.Reason.MOVED not in [
        one.reason for one in told(viewer_for(people.johan.id), by=people.johan)
    ]
