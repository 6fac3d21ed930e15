"""Programs of the system that tests and measurements need, and the Debian packages that bring them."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

PACKAGES = {
    "initdb": "postgresql",
    "chromium": "chromium",
    "nginx": "nginx",
    "wrk": "wrk",
    "msgfmt": "gettext",
    "java": "default-jre-headless",
}
OLDEST_POSTGRESQL = 15


def need(*programs: str) -> None:
    """Install what is missing when we may, else say exactly what to install."""
    packages = sorted(PACKAGES[program] for program in programs if find(program) is None)
    if not packages:
        return
    command = ["apt-get", "install", "--yes", "--no-install-recommends", *packages]
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        sys.exit(f"Please install {', '.join(packages)}. On Debian and Ubuntu: sudo {' '.join(command)}")
    print(f"Installing {', '.join(packages)} ...", file=sys.stderr, flush=True)
    quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "-qq"], env=quiet, stdout=sys.stderr)
    subprocess.run([*command, "-qq"], env=quiet, stdout=sys.stderr)
    missing = [program for program in programs if find(program) is None]
    if missing:
        sys.exit(f"Could not install {', '.join(missing)}; apt-get says why above.")


def find(program: str) -> str | None:
    """The full path of a program; PostgreSQL's are not on the path of a Debian machine."""
    if program == "initdb":
        return postgresql("initdb")
    return shutil.which(program) or shutil.which(program, path="/usr/sbin:/usr/local/sbin")


def postgresql(program: str) -> str | None:
    """The path of one of PostgreSQL's programs, of the newest version that is new enough."""
    versions = [path for path in Path("/usr/lib/postgresql").glob("*") if path.name.isdigit()]
    for version in sorted(versions, key=lambda path: int(path.name), reverse=True):
        path = version / "bin" / program
        if int(version.name) >= OLDEST_POSTGRESQL and path.exists():
            return str(path)
    return shutil.which(program)
