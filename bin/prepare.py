"""Makes .venv beside the source and installs what a lock file names. Needs only Python itself."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"


def install(lock: str) -> str:
    """The path of a Python that has everything in ``lock``; installs only when the lock has changed."""
    if sys.version_info < (3, 11):  # noqa: UP036 - said plainly, before anything newer is used
        sys.exit("Communis needs Python 3.11 or newer. This is " + sys.version.split()[0] + ".")
    wanted = (ROOT / lock).read_text(encoding="utf-8")
    installed = VENV / f"installed-{lock}"
    if installed.exists() and installed.read_text(encoding="utf-8") == wanted:
        return str(PYTHON)
    if not PYTHON.exists():
        make_venv()
    print(f"Installing {lock} ...", file=sys.stderr, flush=True)
    command = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    done = subprocess.run([*command, "--require-hashes", "-r", str(ROOT / lock)], stdout=sys.stderr)
    if done.returncode:
        sys.exit(f"The dependencies in {lock} could not be installed; pip says why above.")
    installed.write_text(wanted, encoding="utf-8")
    return str(PYTHON)


def make_venv() -> None:
    print("Making .venv ...", file=sys.stderr, flush=True)
    done = subprocess.run([sys.executable, "-m", "venv", str(VENV)], stdout=sys.stderr)
    if done.returncode:
        sys.exit(
            "Python cannot make a virtual environment. On Debian and Ubuntu: apt-get install python3-venv"
        )


def importable() -> dict[str, str]:
    """The environment in which ``python -m communis`` works from any folder."""
    return os.environ | {"PYTHONPATH": str(ROOT)}
