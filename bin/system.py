"""Programs of the system that tests and measurements need, and the Debian packages that bring them."""

import contextlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

PACKAGES = {
    "initdb": "postgresql",
    "chromium": "chromium",
    "nginx": "nginx",
    "wrk": "wrk",
    "msgfmt": "gettext",
    "java": "default-jre-headless",
    "postfix": "postfix",
    "dovecot/imap": "dovecot-imapd",
    "dovecot/lmtp": "dovecot-lmtpd",
    "opendkim": "opendkim",
}
MAIL = ["postfix", "dovecot/imap", "dovecot/lmtp", "opendkim"]
# Debian would start these, and again with the machine. The tests start their own, with nothing of the system's.
SERVICES = ["postfix", "dovecot", "opendkim"]
POLICY = Path("/usr/sbin/policy-rc.d")
OLDEST_POSTGRESQL = 15


def need(*programs: str) -> None:
    """Install what is missing when we may, else say exactly what to install."""
    packages = sorted(PACKAGES[program] for program in programs if find(program) is None)
    if not packages:
        return
    command = ["apt-get", "install", "--yes", "--no-install-recommends", *packages]
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        without = (
            ". To leave out mail: bin/test --without-mail"
            if {PACKAGES[program] for program in MAIL} & set(packages)
            else ""
        )
        sys.exit(
            f"Please install {', '.join(packages)}. On Debian and Ubuntu: sudo {' '.join(command)}{without}"
        )
    print(f"Installing {', '.join(packages)} ...", file=sys.stderr, flush=True)
    quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "-qq"], env=quiet, stdout=sys.stderr)
    with nothing_started(packages):
        subprocess.run([*command, "-qq"], env=quiet, stdout=sys.stderr)
    missing = [program for program in programs if find(program) is None]
    if missing:
        sys.exit(f"Could not install {', '.join(missing)}; apt-get says why above.")


@contextlib.contextmanager
def nothing_started(packages: list[str]) -> Iterator[None]:
    """What is installed meanwhile takes no mail on this machine: it is not set up, not started, and stays off."""
    if not any(package.startswith(tuple(SERVICES)) for package in packages):
        yield
        return
    chosen = "postfix postfix/main_mailer_type select No configuration"
    subprocess.run(["debconf-set-selections"], input=chosen, text=True)
    there = {service for service in SERVICES if (Path("/etc/init.d") / service).exists()}
    # What Debian asks before it starts anything; 101 is a no. Where somebody has such a file, it is left alone.
    ours = not POLICY.exists()
    if ours:
        POLICY.write_text("#!/bin/sh\nexit 101\n", encoding="ascii")
        POLICY.chmod(0o755)
    try:
        yield
    finally:
        if ours:
            POLICY.unlink()
        if shutil.which("systemctl"):
            new = [service for service in SERVICES if service not in there]
            subprocess.run(["systemctl", "--quiet", "disable", *new], stderr=subprocess.DEVNULL)


def find(program: str) -> str | None:
    """The full path of a program; PostgreSQL's and Dovecot's are not on the path of a Debian machine."""
    if program == "initdb":
        return postgresql("initdb")
    if program.startswith("dovecot/"):
        path = Path("/usr/lib") / program
        return str(path) if path.exists() else None
    return shutil.which(program) or shutil.which(program, path="/usr/sbin:/usr/local/sbin")


def postgresql(program: str) -> str | None:
    """The path of one of PostgreSQL's programs, of the newest version that is new enough."""
    versions = [path for path in Path("/usr/lib/postgresql").glob("*") if path.name.isdigit()]
    for version in sorted(versions, key=lambda path: int(path.name), reverse=True):
        path = version / "bin" / program
        if int(version.name) >= OLDEST_POSTGRESQL and path.exists():
            return str(path)
    return shutil.which(program)
