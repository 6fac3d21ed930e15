from collections.abc import Iterator

import pytest

from tests.mail_servers.servers import Servers, mail_servers, what_is_missing
from tests.mail_servers.town import Town


@pytest.fixture(scope="session")
def servers() -> Iterator[Servers]:
    """Fails, and skips nothing, where the servers cannot run."""
    if sentence := what_is_missing():
        pytest.fail(sentence, pytrace=False)
    with mail_servers() as started:
        yield started


@pytest.fixture(scope="session")
def town(servers: Servers, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """Communis with everything of its own, that sends and takes mail through the servers."""
    living = Town(servers, tmp_path_factory.mktemp("town"))
    try:
        living.start()
        yield living
    finally:
        living.close()
