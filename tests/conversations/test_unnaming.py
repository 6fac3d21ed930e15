"""Bylines without a name: where they can be, the one pseudonym of a conversation, and changing both ways."""

import pytest

from communis.conversations import sharing
from communis.conversations.contributing import contribute, start
from communis.conversations.kinds import Kind, Level
from communis.conversations.lines import address_of, line_seen
from communis.conversations.models import Contribution, Line, Revision, Share
from communis.conversations.moving import move
from communis.conversations.reading import shares_of
from communis.conversations.refusals import NotThere, Refused
from communis.conversations.unnaming import own_lines, show_as
from communis.conversations.words import Terms
from communis.journal.moments import now
from communis.openness.audiences import audience_of
from communis.openness.bylines import Byline, byline_with
from communis.openness.choosing import Choice
from communis.openness.rungs import Rung
from communis.people import actions
from communis.people.holdings import viewer_for
from communis.people.models import Person
from tests.cast import Cast, letter, to_all

Kinds = Byline.Kind
ALL = Choice(Rung.ORGANISATION)


def line_of(share: Share) -> str:
    return address_of(share)[1]


def shown(line: str, person: Person) -> tuple[str | None, int | None]:
    """``(name, number of the pseudonym)`` as the person sees them."""
    seen = line_seen(line, viewer_for(person.id)).share
    return seen.person_name, seen.alias


def hidden(text: str, by: Person, kind: Byline.Kind = Kinds.UNNAMED, choice: Choice = ALL) -> Share:
    return start(Kind.IDEA, text, by=by, choice=choice, hidden=kind)


def wider(share: Share, rung: Rung) -> Share:
    """Opened to more, as it stands there."""
    contribution = Contribution.everything.get(id=share.contribution_id)
    revision = Revision.everything.get(id=share.revision_id)
    return sharing.open_line(contribution, revision, audience_of(rung), byline_with(share.byline_id), now())


def test_the_name_is_not_shown(people: Cast) -> None:
    line = line_of(hidden("Byt stol.", people.elin))
    assert shown(line, people.karin) == shown(line, people.elin) == (None, None)
    assert line_seen(line, viewer_for(people.elin.id)).share.own


def test_one_pseudonym_in_a_conversation_and_another_elsewhere(people: Cast) -> None:
    first = to_all(Kind.IDEA, "Byt stol.", people.karin)
    names = [
        shown(line_of(contribute(line_of(first), text, by=people.elin, hidden=Kinds.PSEUDONYM)), people.nadja)
        for text in ("Ja.", "Nej.")
    ]
    assert names[0] == names[1] and names[0][0] is None and names[0][1] is not None
    johan = contribute(line_of(first), "Kanske.", by=people.johan, hidden=Kinds.PSEUDONYM)
    assert shown(line_of(johan), people.nadja)[1] not in (None, names[0][1])
    # Another conversation has another byline; equal names are chance.
    elsewhere = hidden("Filt.", people.elin, Kinds.PSEUDONYM)
    here = Share.everything.filter(conversation_id=first.conversation_id).values_list("byline_id", flat=True)
    assert elsewhere.byline_id not in set(here)


def test_it_moves_with_a_branch(people: Cast) -> None:
    idea = to_all(Kind.IDEA, "Byt stol.", people.karin)
    branch = contribute(line_of(idea), "Om hus.", by=people.elin, hidden=Kinds.PSEUDONYM)
    before = shown(line_of(branch), people.nadja)
    stays = contribute(line_of(idea), "Om stolar.", by=people.elin, hidden=Kinds.PSEUDONYM)
    move(line_of(branch), "Om hus.", by=people.karin)
    after = contribute(line_of(branch), "Mer om hus.", by=people.elin, hidden=Kinds.PSEUDONYM)
    assert shown(line_of(after), people.nadja) == before == shown(line_of(stays), people.nadja)


@pytest.mark.parametrize("own_branch", [True, False])
def test_moving_a_branch_does_not_tell_who_one_is(people: Cast, own_branch: bool) -> None:
    idea = hidden("Byt stol.", people.elin)
    other = people.karin if own_branch else people.elin
    idea = to_all(Kind.IDEA, "Filt.", other) if own_branch else idea
    said_by = {"by": people.elin, "hidden": Kinds.UNNAMED} if own_branch else {"by": people.johan}
    branch = contribute(line_of(idea), "Om hus.", **said_by)  # type: ignore[arg-type]
    move(line_of(branch), "Om hus.", by=people.elin)
    seen = shares_of(idea.conversation_id, viewer_for(people.nadja.id))
    summary = next(one for one in seen if one.kind == Kind.SUMMARY)
    assert summary.person_name is None


def test_where_one_is_a_reader_by_name_the_name_stays(people: Cast) -> None:
    refused = [
        lambda: hidden("Byt.", people.elin, choice=Choice(Rung.DIRECT, persons=(people.karin.public_id,))),
        lambda: hidden(
            "Byt.", people.elin, choice=Choice(Rung.CIRCLE, circles=(people.care_home.public_id,))
        ),
        lambda: contribute(
            line_of(letter("Tänk om.", people.elin, people.karin)),
            "Hm.",
            by=people.karin,
            hidden=Kinds.UNNAMED,
        ),
        lambda: start(
            Kind.QUESTION,
            "Hur?",
            by=people.elin,
            choice=ALL,
            terms=Terms(Level.CONSULTATION, "Allt."),
            hidden=Kinds.UNNAMED,
        ),
    ]
    for one in refused:
        count = Share.everything.count()
        with pytest.raises(Refused) as refusal:
            one()
        assert refusal.value.field == "byline"
        assert Share.everything.count() - count <= 1  # the letter that is answered
    own = Choice(Rung.CIRCLE, circles=(people.care_home.public_id,))
    assert shown(line_of(hidden("Hjulen.", people.amina, choice=own)), people.amina) == (None, None)


def test_changed_both_ways_by_the_author_alone(people: Cast) -> None:
    line = line_of(to_all(Kind.IDEA, "Byt stol.", people.elin))
    with pytest.raises(NotThere):
        show_as(line, Kinds.UNNAMED, by=people.karin)
    show_as(line, Kinds.UNNAMED, by=people.elin)
    assert shown(line, people.karin) == (None, None)
    show_as(line, Kinds.PSEUDONYM, by=people.elin)
    assert shown(line, people.karin)[1] is not None
    show_as(line, Kinds.NAMED, by=people.elin)
    assert shown(line, people.karin) == ("Elin Forsgren", None)
    role = actions.hold_role(people.elin, "bygglovshandläggare", by=people.leyla)
    show_as(line, Kinds.ROLE, by=people.elin, role=role)
    assert line_seen(line, viewer_for(people.karin.id)).share.role == "bygglovshandläggare"
    with pytest.raises(Refused):
        show_as(
            line, Kinds.ROLE, by=people.elin, role=actions.hold_role(people.karin, "chef", by=people.leyla)
        )


def test_more_people_are_never_told_more(people: Cast) -> None:
    said = to_all(Kind.IDEA, "Byt stol.", people.elin)
    open_to_all = wider(said, Rung.PUBLIC)
    lines = {"inside": line_of(said), "outside": Line.everything.get(id=open_to_all.line_id).public_id}

    def kinds() -> list[Byline.Kind]:
        return [one.byline for one in own_lines(lines["inside"], by=people.elin)]

    show_as(lines["outside"], Kinds.UNNAMED, by=people.elin)
    assert kinds() == [Kinds.NAMED, Kinds.UNNAMED]
    show_as(lines["inside"], Kinds.UNNAMED, by=people.elin)
    show_as(lines["outside"], Kinds.NAMED, by=people.elin)
    assert kinds() == [Kinds.NAMED, Kinds.NAMED]
    show_as(lines["inside"], Kinds.PSEUDONYM, by=people.elin)
    assert kinds() == [Kinds.PSEUDONYM, Kinds.PSEUDONYM]


def test_a_letter_keeps_its_name(people: Cast) -> None:
    line = line_of(letter("Tänk om.", people.elin, people.karin))
    with pytest.raises(Refused):
        show_as(line, Kinds.UNNAMED, by=people.elin)
    assert shown(line, people.karin) == ("Elin Forsgren", None)
    assert [one.may_hide for one in own_lines(line, by=people.elin)] == [False]
