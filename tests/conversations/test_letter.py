"""The slice through every rung: who sees a letter, a circle's words, an answer, and what is taken back."""

import pytest

from communis.conversations.contributing import contribute, start
from communis.conversations.kinds import Kind, Level
from communis.conversations.listing import conversations
from communis.conversations.models import Line, Share
from communis.conversations.reading import shares_of, thread
from communis.conversations.refusals import NotThere, Refused
from communis.conversations.revising import revise, take_back, undo
from communis.conversations.words import Quoted, Terms
from communis.looking.viewers import PUBLIC_VIEWER
from communis.openness.choosing import Choice
from communis.openness.rungs import Rung
from communis.people import actions
from communis.people.holdings import viewer_for
from communis.people.models import Person
from tests.cast import Cast, letter, open_post, to_all, to_circle


def line_of(share: Share) -> str:
    return Line.everything.get(id=share.line_id).public_id


def readers_of(share: Share, people: Cast) -> set[str]:
    return {
        person.name.split()[0]
        for person in people.everyone
        if Share.visible.to(viewer_for(person.id)).filter(id=share.id).exists()
    }


def test_a_letter_is_read_by_its_two(people: Cast) -> None:
    assert readers_of(letter("Tänk om.", people.elin, people.karin), people) == {"Elin", "Karin"}


def test_words_to_all_employees_stop_at_the_door(people: Cast) -> None:
    share = to_all(Kind.IDEA, "Byt stol.", people.elin)
    assert readers_of(share, people) == {p.name.split()[0] for p in people.everyone} - {"Stina"}
    assert not Share.visible.to(PUBLIC_VIEWER).filter(id=share.id).exists()


def test_open_words_are_read_signed_out(people: Cast) -> None:
    share = open_post("Till alla.", people.karin)
    assert Share.visible.to(PUBLIC_VIEWER).filter(id=share.id).exists()


def test_a_later_joiner_sees_nothing_from_before_unless_founded_with_history(people: Cast) -> None:
    before = to_circle("Hjulen väcker dem.", people.amina, people.care_home)
    shared = to_circle("Halva portionen.", people.amina, people.food_waste)
    actions.let_in(people.johan, people.care_home, by=people.amina)
    actions.let_in(people.johan, people.food_waste, by=people.amina)
    after = to_circle("Filt under hjälper.", people.amina, people.care_home)
    assert readers_of(before, people) == {"Amina"}
    assert readers_of(after, people) == {"Amina", "Johan"}
    assert readers_of(shared, people) == {"Amina", "Nadja", "Johan"}


def test_leaving_takes_effect_at_once(people: Cast) -> None:
    share = to_circle("Halva portionen.", people.amina, people.food_waste)
    actions.leave(people.nadja, people.food_waste, by=people.nadja)
    assert readers_of(share, people) == {"Amina"}


@pytest.mark.parametrize("kind", [Kind.IDEA, Kind.FRAGMENT, Kind.POST, Kind.QUESTION])
def test_anyone_starts_anything_with_nobodys_leave(people: Cast, kind: Kind) -> None:
    terms = Terms(Level.PARTICIPATION, "Hur vi gör.") if kind == Kind.QUESTION else None
    choice = Choice(Rung.ORGANISATION)
    share = start(kind, "Får man fråga?", by=people.amina, choice=choice, terms=terms)
    assert Share.visible.to(viewer_for(people.karin.id)).filter(id=share.id).exists()


def test_a_question_says_what_can_be_influenced(people: Cast) -> None:
    with pytest.raises(Refused):
        start(Kind.QUESTION, "Hur?", by=people.amina, choice=Choice(Rung.ORGANISATION))


def test_an_answer_can_be_narrower_and_never_wider(people: Cast) -> None:
    opening = to_all(Kind.IDEA, "Byt stol.", people.elin)
    aside = contribute(
        line_of(opening),
        "Bara till dig.",
        by=people.karin,
        choice=Choice(Rung.DIRECT, persons=(people.elin.public_id,)),
    )
    assert readers_of(aside, people) == {"Elin", "Karin"}
    with pytest.raises(Refused):
        contribute(line_of(aside), "Nu till alla.", by=people.elin, choice=Choice(Rung.ORGANISATION))


def test_answering_what_one_cannot_see_is_answering_nothing(people: Cast) -> None:
    secret = letter("Tänk om.", people.elin, people.karin)
    with pytest.raises(NotThere):
        contribute(line_of(secret), "Jag såg.", by=people.amina)
    with pytest.raises(NotThere):
        contribute("0" * 32, "Finns inte.", by=people.amina)


def test_a_protected_person_is_written_to_only_from_her_own_words(people: Cast) -> None:
    to_vera = Choice(Rung.DIRECT, persons=(people.vera.public_id,))
    hers = to_all(Kind.IDEA, "Jag har en tanke.", people.vera)
    other = to_all(Kind.IDEA, "Jag också.", people.karin)
    aside = contribute(line_of(hers), "Bara till dig.", by=people.elin, choice=to_vera)
    assert readers_of(aside, people) == {"Elin", "Vera"}
    with pytest.raises(Refused):
        contribute(line_of(other), "Och du?", by=people.elin, choice=to_vera)
    with pytest.raises(Refused):
        start(Kind.IDEA, "Och du?", by=people.elin, choice=to_vera)


def test_the_name_of_someone_in_no_list_leads_nowhere(people: Cast) -> None:
    for writer, leads in ((people.vera, False), (people.karin, True)):
        share = to_all(Kind.IDEA, "Jag har en tanke.", writer)
        (seen,) = shares_of(share.conversation_id, viewer_for(people.elin.id))
        assert (seen.person_name, bool(seen.listed)) == (writer.name, leads)


def test_the_same_form_twice_is_one_contribution(people: Cast) -> None:
    opening = to_all(Kind.IDEA, "Byt stol.", people.elin)
    first = contribute(line_of(opening), "Ja!", by=people.amina, key="k1")
    again = contribute(line_of(opening), "Ja!", by=people.amina, key="k1")
    other = contribute(line_of(opening), "Ja!", by=people.karin, key="k1")
    assert first.id == again.id != other.id


def test_taken_back_with_an_answer_leaves_one_stub(people: Cast) -> None:
    opening = to_all(Kind.IDEA, "Byt stol.", people.elin)
    reply = contribute(line_of(opening), "Nej.", by=people.karin)
    contribute(line_of(reply), "Varför?", by=people.amina)
    take_back(line_of(reply), by=people.karin)
    viewer = viewer_for(people.elin.id)
    nodes = thread(opening.conversation_id, shares_of(opening.conversation_id, viewer))
    assert [(node.depth, node.seen.html if node.seen else None) for node in nodes] == [
        (0, "<p>Byt stol.</p>\n"),
        (1, None),
        (2, "<p>Varför?</p>\n"),
    ]


def test_taken_back_without_answers_leaves_nothing(people: Cast) -> None:
    share = letter("Ångrar mig.", people.elin, people.karin)
    take_back(line_of(share), by=people.elin)
    assert conversations(viewer_for(people.karin.id)) == []
    assert conversations(viewer_for(people.elin.id)) == []


def test_only_the_author_changes_or_takes_back(people: Cast) -> None:
    share = to_all(Kind.IDEA, "Byt stol.", people.elin)
    for act in (take_back, undo):
        with pytest.raises(NotThere):
            act(line_of(share), by=people.karin)
    with pytest.raises(NotThere):
        revise(line_of(share), "Mitt nu.", by=people.karin)


def test_an_edit_keeps_the_address_and_the_readers(people: Cast) -> None:
    share = letter("vi behöver inte vikarier", people.elin, people.karin)
    after = revise(line_of(share), "vi behöver vikarier", by=people.elin, correction=True)
    assert line_of(after) == line_of(share)
    assert readers_of(after, people) == {"Elin", "Karin"}
    seen = shares_of(share.conversation_id, viewer_for(people.karin.id))
    assert [(one.html, one.corrected) for one in seen] == [("<p>vi behöver vikarier</p>\n", True)]


def test_narrow_words_are_not_quoted_to_more_people(people: Cast) -> None:
    narrow = to_circle("Halva portionen.", people.amina, people.food_waste)
    wide = to_all(Kind.IDEA, "Vad gör vi åt svinnet?", people.karin)
    quote = Quoted(line_of(narrow), "Halva portionen", quote=True)
    with pytest.raises(Refused):
        contribute(line_of(wide), "> Halva portionen\n\nJust så.", by=people.nadja, quotes=[quote])
    with pytest.raises(NotThere):
        contribute(line_of(wide), "> Halva portionen", by=people.elin, quotes=[quote])


def test_the_list_is_what_each_may_see(people: Cast) -> None:
    letter("Tänk om.", people.elin, people.karin)
    to_circle("Halva portionen.", people.amina, people.food_waste)
    to_all(Kind.IDEA, "Byt stol.", people.elin)
    open_post("Till alla.", people.karin)

    def first_lines(person: Person | None) -> list[str]:
        viewer = PUBLIC_VIEWER if person is None else viewer_for(person.id)
        return [item.opening.html[3:-5] for item in conversations(viewer) if item.opening]

    assert first_lines(people.karin) == ["Till alla.", "Byt stol.", "Tänk om."]
    assert first_lines(people.nadja) == ["Till alla.", "Byt stol.", "Halva portionen."]
    assert first_lines(people.stina) == ["Till alla."]
    assert first_lines(None) == ["Till alla."]


def test_who_cannot_sign_in_starts_nothing(people: Cast) -> None:
    with pytest.raises(Refused):
        open_post("Jag är kvar.", people.stina)
