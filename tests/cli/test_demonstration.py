"""The demonstration is built by the product's own actions, and shows each of its people something else."""

import pytest

from communis.cli.demonstration.building import build
from communis.conversations.drafting import own_drafts
from communis.conversations.listing import conversations
from communis.journal.models import Entry
from communis.journal.moments import now
from communis.looking.viewers import PUBLIC_VIEWER
from communis.openness.rungs import Rung
from communis.people.holdings import viewer_for
from communis.people.models import Person


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["sv", "en"])
def test_five_people_see_five_different_things(language: str) -> None:
    assert build(language)
    rungs = {}
    for name in ("Elin", "Karin", "Amina", "Johan", "Birgitta"):
        person = Person.everything.get(name__startswith=name)
        found = conversations(viewer_for(person.id))
        rungs[name] = sorted(item.opening.rung for item in found if item.opening)
        rungs[name] += [0] * len(own_drafts(by=person))
    wide = [Rung.ORGANISATION, Rung.PUBLIC]
    assert rungs == {
        "Elin": [Rung.DIRECT, *wide],
        "Karin": [Rung.DIRECT, *wide],
        "Amina": [Rung.CIRCLE, Rung.CIRCLE, *wide],
        "Johan": [*wide, 0],
        "Birgitta": wide,
    }
    assert [item.opening.rung for item in conversations(PUBLIC_VIEWER) if item.opening] == [Rung.PUBLIC]
    assert Entry.objects.filter(at__gt=now()).count() == 0


@pytest.mark.django_db
def test_a_second_time_changes_nothing() -> None:
    build("sv")
    before = Person.everything.count()
    assert not build("sv")
    assert Person.everything.count() == before
