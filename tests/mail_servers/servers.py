"""A real Postfix, Dovecot and OpenDKIM on ports of their own, with the files of docs/mail. Gone with the test.

Mail takes the way it takes in a municipality that has one server for everything:

    a person's program -> submission: who signs in is asked of Dovecot, OpenDKIM signs -> the second port
    from outside       -> the first port
    both               -> OpenDKIM tries it, and writes what it found at the top
                       -> Communis by LMTP, or a mailbox of Dovecot by LMTP

Only OpenDKIM's questions to DNS are answered from a file (its own setting for tests); there is no OpenDMARC.
"""

import contextlib
import imaplib
import os
import shutil
import smtplib
import socket
import ssl
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

TRIED = Path(__file__).parents[2] / "docs" / "mail"
MX = "mx.avinge.example"
# The domain of Communis that comes by LMTP, and the one whose mail lies in a mailbox until it is fetched.
BY_LMTP, FETCHED = "svar.avinge.example", "brev.avinge.example"
# A third, for a listener that a test starts, stops and lets go wrong.
TRIED_OUT = "prov.avinge.example"
MAILBOX = f"communis@{FETCHED}"
PASSWORD = "only-for-tests"
# What each program is, and the Debian package that brings it.
PROGRAMS = {
    "/usr/sbin/postfix": "postfix",
    "/usr/sbin/dovecot": "dovecot-core",
    "/usr/lib/dovecot/imap": "dovecot-imapd",
    "/usr/lib/dovecot/lmtp": "dovecot-lmtpd",
    "/usr/sbin/opendkim": "opendkim",
    "/usr/bin/openssl": "openssl",
}
PORTS = (
    "mx",
    "bare",
    "submission",
    "again",
    "opendkim",
    "delivery",
    "imaps",
    "asking",
    "communis",
    "listener",
)
# A test opens these when it needs them.
OPENED_BY_TESTS = ("communis", "listener")
# Seconds.
PATIENCE = 30


class Folder:
    """Where the servers keep everything, and the ports they listen on."""

    def __init__(self, path: Path) -> None:
        self.path = path
        with contextlib.ExitStack() as stack:
            held = {name: stack.enter_context(socket.create_server(("127.0.0.1", 0))) for name in PORTS}
            self.ports = {name: int(listening.getsockname()[1]) for name, listening in held.items()}

    def tried(self, name: str) -> str:
        """A file of docs/mail, with our ports and folder in the place of its own."""
        ports = self.ports
        for_ours = {
            "587 inet": f"127.0.0.1:{ports['submission']} inet",
            "127.0.0.1:10025": f"127.0.0.1:{ports['again']}",
            "[127.0.0.1]:10025": f"[127.0.0.1]:{ports['again']}",
            "127.0.0.1:8024": f"127.0.0.1:{ports['communis']}",
            "127.0.0.1:8891": f"127.0.0.1:{ports['opendkim']}",
            "8891@": f"{ports['opendkim']}@",
            "127.0.0.1:24": f"127.0.0.1:{ports['delivery']}",
            "port = 24": f"port = {ports['delivery']}",
            "127.0.0.1:12345": f"127.0.0.1:{ports['asking']}",
            "port = 12345": f"port = {ports['asking']}",
            "port = 993": f"port = {ports['imaps']}",
            "/etc/ssl/mail.pem": f"{self.path}/mail.pem",
            "/etc/ssl/private/mail.key": f"{self.path}/mail.key",
            "/etc/postfix/": f"{self.path}/postfix/",
            "/etc/dkimkeys/": f"{self.path}/",
            "/etc/dovecot/": f"{self.path}/dovecot/",
            "/var/vmail/": f"{self.path}/mailboxes/",
            "uid=vmail gid=vmail": "uid=nobody gid=nogroup",
            "UserID          opendkim": "UserID nobody",
        }
        text = (TRIED / name).read_text(encoding="utf-8")
        for theirs, ours in for_ours.items():
            text = text.replace(theirs, ours)
        return text

    def write(self, name: str, text: str) -> Path:
        path = self.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path


class Servers:
    """The three, running; ``close`` ends them. Each is the head of a session of its own, which the guard ends."""

    def __init__(self, folder: Folder) -> None:
        self.folder = folder
        self.certificate = str(folder.path / "mail.pem")
        self.running: list[subprocess.Popen[bytes]] = []
        guard = [sys.executable, str(Path(__file__).with_name("guard.py")), str(folder.path)]
        self.guard = subprocess.Popen(guard, stdin=subprocess.PIPE, start_new_session=True)

    def start(self) -> None:
        make_keys(self.folder)
        write_opendkim(self.folder)
        write_dovecot(self.folder)
        write_postfix(self.folder)
        path = self.folder.path
        self._begin("/usr/sbin/opendkim", "-f", "-x", f"{path}/opendkim.conf")
        self._begin("/usr/sbin/dovecot", "-F", "-c", f"{path}/dovecot/dovecot.conf")
        # Makes the folders of the queue, each for whom it is.
        said = subprocess.run(
            ["/usr/sbin/postfix", "-c", f"{path}/postfix", "check"], capture_output=True, text=True
        )
        assert said.returncode == 0, said.stdout + said.stderr
        self._begin("/usr/lib/postfix/sbin/master", "-c", f"{path}/postfix", "-s")
        for name in PORTS:
            if name not in OPENED_BY_TESTS:
                self.wait_for(lambda name=name: self.listens(name), f"{name} listens")  # type: ignore[misc]

    def _begin(self, *command: str) -> None:
        with (self.folder.path / "programs.log").open("ab") as log:
            started = subprocess.Popen(command, cwd="/", stdout=log, stderr=log, start_new_session=True)
        self.running.append(started)
        assert self.guard.stdin is not None
        self.guard.stdin.write(b"%d\n" % started.pid)
        self.guard.stdin.flush()

    def listens(self, name: str) -> bool:
        with contextlib.suppress(OSError):
            socket.create_connection(("127.0.0.1", self.folder.ports[name]), timeout=1).close()
            return True
        return False

    def close(self) -> None:
        assert self.guard.stdin is not None
        self.guard.stdin.close()
        self.guard.wait()
        for process in self.running:
            process.wait()

    def wait_for(self, true: Callable[[], bool], what: str) -> None:
        give_up_at = time.monotonic() + PATIENCE
        while not true():
            assert time.monotonic() < give_up_at, f"in vain: {what}\n{self.log()}"
            time.sleep(0.1)

    def log(self) -> str:
        """The last of what the servers said."""
        logs = [self.folder.path / name for name in ("programs.log", "dovecot.log", "postfix.log")]
        lines = [
            line
            for log in logs
            if log.exists()
            for line in log.read_text(errors="replace").splitlines()[-40:]
        ]
        # Who looks into a mailbox is the test itself, again and again.
        return "\n".join(line for line in lines if " imap" not in line)

    def hand_in(self, person: str, to: list[str], raw: bytes) -> None:
        """As the person's mail program: signed in, over TLS."""
        with self.speak("submission") as server:
            server.starttls(context=self.trust())
            server.login(person, PASSWORD)
            server.sendmail(person, to, raw)

    def send_from_outside(self, sender: str, to: list[str], raw: bytes) -> None:
        with self.speak("mx") as server:
            server.sendmail(sender, to, raw)

    def speak(self, port: str) -> smtplib.SMTP:
        return smtplib.SMTP("127.0.0.1", self.folder.ports[port], "there.example", timeout=PATIENCE)

    def trust(self) -> ssl.SSLContext:
        return ssl.create_default_context(cafile=self.certificate)

    @contextlib.contextmanager
    def inbox(self, address: str) -> Iterator[imaplib.IMAP4_SSL]:
        port = self.folder.ports["imaps"]
        with imaplib.IMAP4_SSL("localhost", port, ssl_context=self.trust(), timeout=PATIENCE) as box:
            box.login(address, PASSWORD)
            box.select()
            yield box

    def mails(self, address: str) -> list[bytes]:
        """Everything in somebody's inbox, the oldest first, read over IMAP and left as it was."""
        with self.inbox(address) as box:
            _ok, found = box.uid("FETCH", "1:*", "(BODY.PEEK[])")
            return [part[1] for part in found if isinstance(part, tuple)]

    def queued(self) -> int:
        """How many mails Postfix has taken and not delivered."""
        asked = ["/usr/sbin/postqueue", "-c", f"{self.folder.path}/postfix", "-j"]
        return subprocess.run(asked, capture_output=True, check=True).stdout.count(b"\n")


def make_keys(folder: Folder) -> None:
    """One for the connections, one to sign mail with; OpenDKIM finds what belongs to the latter in a file."""
    path = folder.path
    ask = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]
    ask += ["-days", "2", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"]
    run(*ask, "-keyout", f"{path}/mail.key", "-out", f"{path}/mail.pem")
    run("openssl", "genrsa", "-out", f"{path}/brev.private", "2048")
    public = run("openssl", "rsa", "-in", f"{path}/brev.private", "-pubout").splitlines()[1:-1]
    lines = [
        f"brev._domainkey.{domain} v=DKIM1; k=rsa; p={''.join(public)}\n"
        for domain in ("avinge.example", BY_LMTP)
    ]
    folder.write("names", "".join(lines))
    for name in ("brev.private", "names"):
        shutil.chown(path / name, "nobody")
        (path / name).chmod(0o600)


def run(*command: str) -> str:
    return subprocess.run(command, capture_output=True, check=True, text=True).stdout


def write_opendkim(folder: Folder) -> None:
    # Everybody may make files in /tmp, which it would not bear above its keys.
    more = f"TestDNSData file:{folder.path}/names\nRequireSafeKeys no\n"
    folder.write("opendkim.conf", folder.tried("opendkim.conf") + more)


def write_dovecot(folder: Folder) -> None:
    path = folder.path
    more = f"""
listen = 127.0.0.1
base_dir = {path}/run
state_dir = {path}/state
log_path = {path}/dovecot.log
# A wrong password is told at once, and whoever gave it is not made to wait the next time.
auth_failure_delay = 0
service anvil {{
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
"""
    folder.write(
        "dovecot/dovecot.conf", folder.tried("dovecot-mailbox.conf") + folder.tried("dovecot.conf") + more
    )
    of_all = f"{FETCHED}:{{PLAIN}}{PASSWORD}:nobody:nogroup::{path}/mailboxes/{FETCHED}\n"
    folder.write("dovecot/mailboxes", of_all)
    people = ("elin@avinge.example", "karin@avinge.example", "johan@avinge.example")
    folder.write(
        "dovecot/users", "".join(f"{one}:{{PLAIN}}{PASSWORD}\n" for one in (*people, f"communis@{BY_LMTP}"))
    )
    (path / "mailboxes").mkdir()
    shutil.chown(path / "mailboxes", "nobody", "nogroup")


def write_postfix(folder: Folder) -> None:
    path, ports = folder.path, folder.ports
    more = f"""
compatibility_level = 3.6
queue_directory = {path}/queue
data_directory = {path}/data
maillog_file = {path}/postfix.log
maillog_file_prefixes = {path}
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mynetworks = 127.0.0.1/32
mydestination =
alias_maps =
smtpd_peername_lookup = no
# Nothing leaves this machine.
default_transport = error:outside
queue_run_delay = 1s
minimal_backoff_time = 1s
maximal_backoff_time = 2s
"""
    ours = folder.tried("postfix-main.cf")
    replaced = ("virtual_mailbox_domains", "transport_maps")
    ours = "".join(line for line in ours.splitlines(True) if not line.startswith(replaced))
    ours = ours.replace(f"relay_domains = {BY_LMTP}", f"relay_domains = {BY_LMTP}, {TRIED_OUT}")
    ours += folder.tried("postfix-mailbox.cf")
    folder.write("postfix/main.cf", ours + more)
    debian = Path("/usr/share/postfix/master.cf.dist").read_text(encoding="utf-8")
    # Whoever comes to this port is from outside, also from the same machine.
    mx = f"127.0.0.1:{ports['mx']} inet n - y - - smtpd -o mynetworks=192.0.2.0/24\n"
    # As if nobody had told OpenDKIM of the mail.
    mx += f"127.0.0.1:{ports['bare']} inet n - y - - smtpd -o smtpd_milters=\n"
    own = "".join(line for line in debian.splitlines(True) if not line.startswith("smtp      inet"))
    folder.write("postfix/master.cf", own + mx + folder.tried("postfix-master.cf"))
    tried_out = f"{TRIED_OUT} lmtp:inet:127.0.0.1:{ports['listener']}\n"
    folder.write("postfix/transport", folder.tried("postfix-transport") + tried_out)
    (path / "queue").mkdir()
    (path / "data").mkdir()
    shutil.chown(path / "data", "postfix")


def what_is_missing() -> str:
    """A sentence that says what to do before the servers can run here; empty when they can."""
    packages = sorted({package for program, package in PROGRAMS.items() if not Path(program).exists()})
    if packages:
        return (
            f"The tests of mail need {', '.join(packages)}. On Debian and Ubuntu: sudo apt-get install --yes"
            f" --no-install-recommends {' '.join(packages)}. To leave them out: bin/test --without-mail"
        )
    if not run("/usr/sbin/dovecot", "--version").startswith("2.3."):
        return "The tests of mail know Dovecot 2.3 only. To leave them out: bin/test --without-mail"
    if os.geteuid() != 0:
        return "Postfix has to be started by root: run the tests of mail as root, or bin/test --without-mail"
    return ""


@contextlib.contextmanager
def mail_servers() -> Iterator[Servers]:
    """The servers in a folder of their own; gone afterwards, whatever happened."""
    path = Path(tempfile.mkdtemp(prefix="communis-mail-"))
    # Each server goes on as a user of its own.
    path.chmod(0o755)
    servers = Servers(Folder(path))
    try:
        servers.start()
        yield servers
    finally:
        servers.close()
