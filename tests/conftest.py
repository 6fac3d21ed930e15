"""Shared by all tests: the folder of real inputs, and the cast. Settings and data folder: tests/settings.py."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from communis.looking.principals import ORGANISATION, PUBLIC, Principal
from tests.answers.town import Answering
from tests.cast import Cast, cast
from tests.clock import Clock, moved_by_hand


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What needs no database is the same on both, and runs on SQLite alone."""
    if "DATABASE_URL" not in os.environ:
        return
    needed = [item for item in items if _needs_a_database(item)]
    config.hook.pytest_deselected(items=[item for item in items if not _needs_a_database(item)])
    items[:] = needed


def _needs_a_database(item: pytest.Item) -> bool:
    markers = {marker.name for marker in item.iter_markers()}
    return bool(markers & {"django_db", "kills", "mail", "browser"}) or "db" in getattr(
        item, "fixturenames", ()
    )


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real inputs that are read but not kept here; tests that need it skip without it."""
    folder = Path(os.environ.get("COMMUNIS_TEST_DATA", Path(__file__).parents[2] / "shared" / "data"))
    if not folder.is_dir():
        pytest.skip("the folder of shared test data is not here")
    return folder


@pytest.fixture(autouse=True)
def the_two_all_hold(request: pytest.FixtureRequest) -> None:
    """A test with real transactions empties the tables, these two rows with them, and any may come after it."""
    if not {"db", "transactional_db"} & set(request.fixturenames) and not request.node.get_closest_marker(
        "django_db"
    ):
        return
    request.getfixturevalue("_django_db_helper")
    Principal.objects.get_or_create(id=PUBLIC, defaults={"kind": Principal.Kind.PUBLIC})
    Principal.objects.get_or_create(id=ORGANISATION, defaults={"kind": Principal.Kind.ORGANISATION})


@pytest.fixture
def people(db: None) -> Cast:
    """The cast of the demonstration, in a fresh database."""
    return cast()


@pytest.fixture
def answering(people: Cast) -> Answering:
    """Karin and Johan hold mandates."""
    return Answering(people)


@pytest.fixture
def clock() -> Iterator[Clock]:
    """A clock moved by hand; the wall clock is back afterwards."""
    with moved_by_hand() as clock:
        yield clock
