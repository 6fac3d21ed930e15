import pytest

from communis.behind_the_scenes.keys import Given
from tests.behind_the_scenes.unit import Unit
from tests.clock import Clock


@pytest.fixture
def unit(db: None, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> Unit:
    """A unit with its manager and eight others, in the morning; nobody has asked for a key yet today."""
    monkeypatch.setattr("communis.behind_the_scenes.keys.given", Given())
    unit = Unit(clock)
    unit.morning()
    return unit
