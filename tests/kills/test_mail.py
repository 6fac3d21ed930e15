"""Mail outlives the death of whatever carries it, in both directions, and comes to nobody twice (K2, K8, K9)."""

import os
import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from communis.channels.email.sending import DEATHS
from tests.kills.installation import Installation

# Each process that begins anew connects again, which takes PostgreSQL longer.
ON_POSTGRESQL = "DATABASE_URL" in os.environ
pytestmark = pytest.mark.kills


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    made = Installation(
        tmp_path,
        COMMUNIS_MAIL_DOMAIN="svar.avinge.example",
        COMMUNIS_MAIL_AUTHENTICATED_BY="mx.avinge.example",
    )
    yield made
    made.remove()


@pytest.mark.parametrize(
    "kills", [40 if ON_POSTGRESQL else 100, pytest.param(1_000, marks=pytest.mark.nightly)]
)
def test_accepted_mail_is_said_once_whenever_it_is_killed(installation: Installation, kills: int) -> None:
    """At nine points of its way and at any moment; the sending server tries again what was not acknowledged."""
    seed = random.randrange(10**6)
    found = installation.ask("bring", str(seed), str(kills), module="mails")
    print(f"seed {seed}: {found}")
    assert found["lost"] == found["doubled"] == found["differences"] == []
    assert found["acknowledged"] == found["brought"] == 3 * kills and found["integrity"] == "ok"
    # Each of the points was one of death, and most of the deaths happened.
    assert len(found["died"]) >= (10 if kills >= 100 else 7)
    assert found["died"].get("afterwards", 0) < kills / 2


@pytest.mark.parametrize(
    "mails", [60 if ON_POSTGRESQL else 150, pytest.param(10_000, marks=pytest.mark.nightly)]
)
def test_what_comes_again_and_in_any_order_is_said_once(installation: Installation, mails: int) -> None:
    seed = random.randrange(10**6)
    found = installation.ask("repeat", str(seed), str(mails), module="mails")
    print(f"seed {seed}: {found}")
    assert found["said"] == {"1": mails} and found["came"] > 2 * mails
    assert found["outcomes"] == {"PUBLISHED": mails, "DUPLICATE": found["came"] - mails}
    assert found["differences"] == [] and found["integrity"] == "ok"


@pytest.mark.parametrize(
    "kills", [20 if ON_POSTGRESQL else 40, pytest.param(1_000, marks=pytest.mark.nightly)]
)
def test_what_is_told_by_mail_outlives_the_sender(installation: Installation, kills: int) -> None:
    """Nothing is lost; what comes twice is the same mail, and only where the server's yes was not heard or noted."""
    seed = random.randrange(10**6)
    found = installation.ask("carry", str(seed), str(kills), module="mails")
    print(f"seed {seed}: {found}")
    assert found["lost"] == found["sent_after_that"] == found["other"] == found["differences"] == []
    assert found["told"] == kills and found["taken_back"] > 0
    assert found["twice"] <= found["heard_in_vain"] + found["died"].get("any moment", 0)
    assert sum(found["died"].values()) - found["died"].get("not", 0) >= kills / 2


def test_a_mail_that_kills_what_sends_it_keeps_no_other_and_is_named(installation: Installation) -> None:
    """Ever more seldom, after all others, and never given up: once it kills no more, it goes too."""
    hours = 30
    found = installation.ask("poison", str(hours), module="mails")
    print(found)
    # More often than a server may fail, and it alone waits at the end of each hour.
    assert found["deaths"] == found["noted"] and found["tries"] == 0
    assert DEATHS < found["deaths"] < hours and found["waiting"] == [1] * hours
    assert [(one["what"], one["first"]) for one in found["named"]] == [
        ("mail that kills what sends it", [str(found["killing"])])
    ]
    assert found["kept"] == [1] * hours
    assert found["differences"] == [] and found["integrity"] == "ok"
