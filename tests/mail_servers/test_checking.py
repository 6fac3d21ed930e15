"""`communis mail check` behind real servers: all is well, or the fault is named."""

import json
import subprocess
import sys
from collections.abc import Iterator

import pytest

from tests.kills.installation import ROOT
from tests.mail_servers.servers import BY_LMTP, MX, Servers
from tests.mail_servers.town import Town
from tests.name_server import NameServer, text_of

pytestmark = pytest.mark.mail


@pytest.fixture
def names() -> Iterator[NameServer]:
    known = {
        (BY_LMTP, "MX"): [f"10 {MX}."],
        (BY_LMTP, "TXT"): ['"v=spf1 mx -all"'],
        (f"_dmarc.{BY_LMTP}", "TXT"): ['"v=DMARC1; p=reject"'],
    }
    with NameServer(known) as server:
        yield server


def checked(town: Town, names: NameServer, **settings: str) -> tuple[int, dict[str, tuple[str, str]], str]:
    """The exit code, ``{what was tried: (state, sentence)}``, and what people read."""
    host, port = names.place
    run = subprocess.run(
        [sys.executable, "-m", "communis", "mail", "check", "--wait", "20", "--json"],
        cwd=ROOT,
        env=town.installation.environment | {"COMMUNIS_DNS": f"{host}:{port}"} | settings,
        capture_output=True,
        text=True,
        timeout=120,
    )
    told = json.loads(run.stdout.splitlines()[-1])
    return run.returncode, {one["about"]: (one["state"], one["says"]) for one in told["findings"]}, run.stderr


def record_in(servers: Servers) -> str:
    """The key of our domain, as OpenDKIM finds it."""
    lines = (servers.folder.path / "names").read_text(encoding="utf-8").splitlines()
    return next(line.partition(" ")[2] for line in lines if f".{BY_LMTP} " in line)


def test_all_is_well_or_the_fault_is_named(town: Town, servers: Servers, names: NameServer) -> None:
    before = town.lies_in("done"), town.lies_in("held")
    code, found, said = checked(town, names)
    wrong = {about: says for about, (state, says) in found.items() if state == "wrong"}
    assert code == 0 and wrong == {}, (wrong, servers.log())
    assert "Inlämnat" in said
    assert found["proof"] == ("ok", "proof") and found["worker"] == ("ok", "worker")
    assert found["returns"] == ("ok", "returns") and found["forged"] == ("ok", "forged gone")
    assert {about for about, (state, _says) in found.items() if state == "not tested"} == {"links", "record"}

    # The server that takes our mail is off.
    code, found, _said = checked(town, names, COMMUNIS_MAIL_PORT="1")
    assert code == 1 and found["relay"] == ("wrong", "relay away") and found["sent"][0] == "not tested"
    # A wrong password.
    code, found, _said = checked(town, names, COMMUNIS_MAIL_PASSWORD="fel")
    assert code == 1 and found["relay"] == ("wrong", "relay without password")
    # OpenDKIM does not look at what comes.
    bare = {"COMMUNIS_MAIL_PORT": str(servers.folder.ports["bare"]), "COMMUNIS_MAIL_STARTTLS": "0"}
    code, found, _said = checked(town, names, **bare, COMMUNIS_MAIL_USER="")
    assert code == 1 and found["arrived"][0] == "ok"
    assert found["findings"] == ("wrong", "no findings") and found["forged"] == ("wrong", "forged on top")
    # The server signs its findings with another name than the one that is set.
    code, found, _said = checked(town, names, COMMUNIS_MAIL_AUTHENTICATED_BY="post.avinge.example")
    assert code == 1 and found["findings"] == ("wrong", "another server")
    assert found["proof"] == ("wrong", "no proof")
    # Signed by ourselves, and handed in at the door for mail from outside: OpenDKIM finds the signature good.
    key = servers.folder.path / "brev.private"
    names.records[f"brev._domainkey.{BY_LMTP}", "TXT"] = [text_of(record_in(servers))]
    outside = {"COMMUNIS_MAIL_PORT": str(servers.folder.ports["mx"]), "COMMUNIS_MAIL_STARTTLS": "0"}
    outside |= {"COMMUNIS_MAIL_USER": "", "COMMUNIS_DKIM_KEY": str(key), "COMMUNIS_DKIM_SELECTOR": "brev"}
    code, found, _said = checked(town, names, **outside)
    wrong = {about: says for about, (state, says) in found.items() if state == "wrong"}
    assert code == 0 and wrong == {}, (wrong, servers.log())
    assert found["key"][0] == found["record"][0] == found["proof"][0] == "ok"
    # The same without a signature is nobody's.
    del outside["COMMUNIS_DKIM_KEY"], outside["COMMUNIS_DKIM_SELECTOR"]
    code, found, _said = checked(town, names, **outside)
    assert code == 1 and found["proof"] == ("wrong", "no proof") and found["findings"][0] == "ok"
    # None of all these mails has become anything, or lies anywhere.
    assert town.lies_in("in") == 0 and servers.queued() == 0
    assert (town.lies_in("done"), town.lies_in("held")) == before
