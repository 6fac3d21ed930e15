from collections.abc import Iterator

import pytest

from tests.mail_servers.servers import Missing, Servers, mail_servers
from tests.mail_servers.town import Town


@pytest.fixture(scope="session")
def servers() -> Iterator[Servers]:
    """Fails, and skips nothing, where the servers cannot run."""
    try:
        running = mail_servers()
        started = running.__enter__()
    except Missing as missing:
        pytest.fail(str(missing), pytrace=False)
    yield started
    running.__exit__(None, None, None)


@pytest.fixture(scope="session")
def town(servers: Servers, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """Communis with everything of its own, that sends and takes mail through the servers."""
    living = Town(servers, tmp_path_factory.mktemp("town"))
    try:
        living.start()
        yield living
    finally:
        living.close()
