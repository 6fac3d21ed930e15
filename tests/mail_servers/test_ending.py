"""The servers leave nothing behind, and where they cannot run the tests say what to do."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.kills.installation import ROOT
from tests.mail_servers import servers as starting
from tests.mail_servers.servers import Servers, what_is_missing

pytestmark = pytest.mark.mail

HOLDER = """
from tests.mail_servers.servers import mail_servers
with mail_servers() as servers:
    print(servers.folder.path, flush=True)
    input()
"""


def at_work_in(folder: str) -> list[str]:
    """The names of the programs that are not dead yet and were started for this folder."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            words = (process / "cmdline").read_bytes() + os.readlink(process / "cwd").encode()
        except OSError:
            continue
        if folder.encode() in words:
            found.append((process / "comm").read_text().strip())
    return found


def test_killed_with_the_test_nothing_of_them_goes_on(servers: Servers) -> None:
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert holder.stdout is not None
    folder = holder.stdout.readline().strip()
    assert {"master", "opendkim", "dovecot"} <= set(at_work_in(folder))
    holder.send_signal(signal.SIGKILL)
    holder.wait()
    servers.wait_for(lambda: at_work_in(folder) == [] and not Path(folder).exists(), "all have ended")


def test_what_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    assert what_is_missing() == ""
    with monkeypatch.context() as patch:
        patch.setitem(starting.PROGRAMS, "/usr/sbin/no-such-server", "no-such-server")
        said = what_is_missing()
    assert "apt-get install --yes --no-install-recommends no-such-server" in said and "--without-mail" in said
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert "as root" in what_is_missing()
