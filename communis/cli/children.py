"""Starting a process that never outlives the one that started it."""

import ctypes
import os
import signal
import subprocess
import sys

# From linux/prctl.h: the signal this process gets when its parent dies.
PR_SET_PDEATHSIG = 1
PARENT = "COMMUNIS_PARENT"


def start(module: str, *arguments: str) -> "subprocess.Popen[bytes]":
    """Run ``python -m module``, which has to call ``die_with_parent``.

    Call this from the main thread: the child dies with the *thread* that started it.
    """
    command = [sys.executable, "-m", module, *arguments]
    return subprocess.Popen(command, env=os.environ | {PARENT: str(os.getpid())})  # noqa: S603 - our own modules


def die_with_parent() -> None:
    """The kernel ends this process when its parent dies, even of kill -9. Nothing happens without a parent."""
    parent = os.environ.get(PARENT)
    if parent is None:
        return
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != int(parent):
        # It died before we asked to be told.
        os._exit(1)
    # The supervisor holds its signals back to wait for them; what it starts inherits that.
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM, signal.SIGINT, signal.SIGCHLD})
