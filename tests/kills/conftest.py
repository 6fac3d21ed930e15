from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.kills.installation import Installation, Server


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    made = Installation(tmp_path)
    yield made
    made.remove()


@pytest.fixture
def servers(installation: Installation) -> Iterator[list[Server]]:
    """Two servers on one installation: while one is killed the other one writes."""
    pair = [Server(installation), Server(installation)]
    yield pair
    for server in pair:
        server.kill()
