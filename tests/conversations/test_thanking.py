"""Private thanks: read by the two alone, also where no name stands (R59)."""

import pytest

from communis.attention.models import Notice
from communis.conversations.contributing import contribute
from communis.conversations.kinds import Kind
from communis.conversations.lines import line_seen
from communis.conversations.models import Line, Thanks
from communis.conversations.refusals import NotThere, Refused
from communis.conversations.thanking import thank, thanks_at
from communis.journal.moments import now
from communis.journal.reactions import react
from communis.openness.bylines import Byline
from communis.openness.rungs import Rung
from communis.people.holdings import viewer_for
from communis.people.models import Person
from tests.cast import Cast, letter, to_all
from tests.clock import Clock
from tests.conversations.test_unnaming import hidden, line_of, wider


def read(line: str, person: Person) -> list[tuple[str, str]]:
    seen = line_seen(line, viewer_for(person.id)).share
    return [(one.name, one.text) for one in thanks_at(seen, by=person)]


def test_read_by_the_two_alone(people: Cast) -> None:
    line = line_of(hidden("Byt stol.", people.elin))
    thank(line, "Det hjälpte   mig.", by=people.nadja, key="one")
    thank(line, "Det hjälpte   mig.", by=people.nadja, key="one")
    thank(line, "Bra sagt.", by=people.johan)
    assert read(line, people.elin) == [
        ("Nadja Petrović", "Det hjälpte mig."),
        ("Johan Åkerlind", "Bra sagt."),
    ]
    assert read(line, people.nadja) == [("Nadja Petrović", "Det hjälpte mig.")]
    assert read(line, people.karin) == read(line, people.leyla) == []


def test_refused_with_a_reason(people: Cast) -> None:
    line = line_of(to_all(Kind.IDEA, "Byt stol.", people.elin))
    for text, by in (("Tack.", people.elin), ("  ", people.nadja), ("x" * 501, people.nadja)):
        with pytest.raises(Refused):
            thank(line, text, by=by)
    with pytest.raises(NotThere):
        thank(line_of(letter("Tänk om.", people.elin, people.karin)), "Tack.", by=people.nadja)
    assert not Thanks.everything.exists()


def test_the_author_is_told_where_she_sees_the_words(people: Cast, clock: Clock) -> None:
    """Whoever is outside thanks at the wide line; inside, the author sees the narrow one."""
    said = letter("Tänk om.", people.elin, people.karin)
    outside = Line.everything.get(id=wider(said, Rung.ORGANISATION).line_id).public_id
    thank(outside, "Tack.", by=people.nadja)
    contribute(outside, "Ja.", by=people.amina, hidden=Byline.Kind.UNNAMED)
    clock.news()
    react()
    told = Notice.everything.filter(reason=Notice.Reason.THANKED)
    assert [(one.person_id, one.line_id) for one in told] == [(people.elin.id, said.line_id)]
    assert read(line_of(said), people.elin) == [("Nadja Petrović", "Tack.")] and now()
