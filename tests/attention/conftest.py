import pytest

from communis.journal.models import Entry
from communis.journal.moments import now
from tests.cast import Cast


@pytest.fixture
def people(people: Cast) -> Cast:
    """The cast, with everybody told of the circles they were let into long ago."""
    Entry.objects.update(reacted_at=now())
    return people
