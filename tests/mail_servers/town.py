"""A whole Communis behind the mail servers: the web server, the listener for mail and the worker, each a process."""

import contextlib
import ctypes
import os
import re
import signal
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlencode

from tests.kills.installation import ROOT, Browser, Installation, Server
from tests.mail_servers.servers import BY_LMTP, MX, PASSWORD, Servers

WHO = ("elin", "karin", "amina", "johan")


class Town:
    """Of the cast of the tests, those who can sign in on a page."""

    def __init__(self, servers: Servers, folder: Path) -> None:
        self.servers = servers
        self.spool = folder / "spool"
        self.installation = Installation(folder)
        self.installation.environment |= settings(servers)
        self.server = Server(self.installation)
        made = self.installation.made
        self.persons = dict(zip(WHO, made["persons"], strict=True))
        self.browsers = {
            who: Browser(self.installation, session)
            for who, session in zip(WHO, made["sessions"], strict=True)
        }
        self.processes: list[subprocess.Popen[bytes]] = []

    def start(self) -> None:
        self.begin("tests.mail_servers.hurried_worker")
        self.begin("communis", "mail", "listen")
        port = str(self.server.port)
        self.server.process = self.begin("communis.cli.web_server", "127.0.0.1", port, "1")
        self.server.start()
        self.servers.wait_for(lambda: self.servers.listens("communis"), "Communis listens")

    def begin(self, module: str, *words: str) -> "subprocess.Popen[bytes]":
        process = subprocess.Popen(
            [sys.executable, "-m", module, *words],
            cwd=ROOT,
            env=self.installation.environment,
            start_new_session=True,
            preexec_fn=end_with_us,
        )
        self.processes.append(process)
        return process

    def close(self) -> None:
        for process in self.processes:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        self.installation.remove()

    def writes(self, who: str, to: str, text: str) -> None:
        """A letter to one person, on the page."""
        browser = self.browsers[who]
        form = browser.form(self.server, "/write")
        chosen = {"audience": "direct", "persons": self.persons[to], "text": text, "do": "send"}
        browser._ask(
            self.server, "POST", form.path, urlencode(form.hidden | chosen), form.cookie, expected=302
        )

    def page(self, who: str, path: str) -> str:
        browser = self.browsers[who]
        return browser._ask(self.server, "GET", path, "", browser.cookie, expected=200)[0]

    def lies_in(self, folder: str) -> int:
        """How many mails lie in a folder of the spool."""
        return len(os.listdir(self.spool / folder)) if (self.spool / folder).exists() else 0


def end_with_us() -> None:
    """The kernel ends the process when the test is killed (PR_SET_PDEATHSIG)."""
    ctypes.CDLL(None).prctl(1, signal.SIGKILL)


def settings(servers: Servers) -> dict[str, str]:
    """As docs/mail.md says."""
    ports = servers.folder.ports
    return {
        "COMMUNIS_LEAST_FREE_MIB": "1",
        "COMMUNIS_MAIL_HOST": "localhost",
        "COMMUNIS_MAIL_PORT": str(ports["submission"]),
        "COMMUNIS_MAIL_STARTTLS": "1",
        "COMMUNIS_MAIL_USER": f"communis@{BY_LMTP}",
        "COMMUNIS_MAIL_PASSWORD": PASSWORD,
        "COMMUNIS_MAIL_FROM": f"communis@{BY_LMTP}",
        "COMMUNIS_MAIL_DOMAIN": BY_LMTP,
        "COMMUNIS_LMTP": f"127.0.0.1:{ports['communis']}",
        "COMMUNIS_MAIL_AUTHENTICATED_BY": MX,
        # Whose certificates are believed: as if the one of the test were among those of the system.
        "SSL_CERT_FILE": servers.certificate,
    }


def link_in(mail: str) -> str:
    """The path of the first link in a mail of ours."""
    found = re.search(r"http://[^/\s]+(/\S+)", mail)
    assert found is not None, mail
    return found[1]
