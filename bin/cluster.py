"""A PostgreSQL cluster that lives as long as a test run."""

import contextlib
import ctypes
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator

from system import postgresql

# What was committed is visible to all at once, as in use; only the disk is not waited for.
OPTIONS = ["fsync=off", "full_page_writes=off", "synchronous_commit=on", "log_min_messages=fatal"]


@contextlib.contextmanager
def cluster() -> Iterator[str]:
    """A new cluster on a free port of loopback; gives its DATABASE_URL. Gone afterwards, whatever happened."""
    folder = tempfile.mkdtemp(prefix="communis-postgresql-")
    user = ordinary_user()
    if user is not None:
        os.chown(folder, user.pw_uid, user.pw_gid)
    server = None
    try:
        make = [program("initdb"), "-D", f"{folder}/data", "-U", "communis", "-A", "trust", "-E", "UTF8"]
        run_as(user, [*make, "--locale=C.UTF-8", "--no-sync"]).wait()
        port = free_port()
        start = [
            program("postgres"),
            "-D",
            f"{folder}/data",
            "-k",
            folder,
            "-h",
            "127.0.0.1",
            "-p",
            f"{port}",
        ]
        server = run_as(user, start + [word for option in OPTIONS for word in ("-c", option)])
        wait_until_ready(server, port)
        yield f"postgresql://communis@127.0.0.1:{port}/postgres"
    finally:
        if server is not None:
            # SIGINT asks PostgreSQL to end all sessions and stop.
            server.send_signal(signal.SIGINT)
            server.wait(60)
        shutil.rmtree(folder, ignore_errors=True)


def ordinary_user() -> pwd.struct_passwd | None:
    """PostgreSQL refuses to run as root; then it runs as its own user, or as nobody."""
    if os.geteuid() != 0:
        return None
    try:
        return pwd.getpwnam("postgres")
    except KeyError:
        return pwd.getpwnam("nobody")


def run_as(user: pwd.struct_passwd | None, command: list[str]) -> "subprocess.Popen[bytes]":
    other = {} if user is None else {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, cwd="/", preexec_fn=stop_with_us, **other)


def stop_with_us() -> None:
    """The kernel stops the cluster when this program is killed (PR_SET_PDEATHSIG of linux/prctl.h)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGINT)


def wait_until_ready(server: "subprocess.Popen[bytes]", port: int) -> None:
    give_up_at = time.monotonic() + 60
    ask = [program("pg_isready"), "-q", "-U", "communis", "-h", "127.0.0.1", "-p", f"{port}"]
    while subprocess.run(ask).returncode:
        if server.poll() is not None or time.monotonic() > give_up_at:
            sys.exit("The PostgreSQL cluster for the tests did not start; its message is above.")
        time.sleep(0.1)


def program(name: str) -> str:
    path = postgresql(name)
    if path is None:
        sys.exit(f"PostgreSQL's program {name} is missing. On Debian and Ubuntu: apt-get install postgresql")
    return path


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])
