"""Ends the servers and removes their folder when whoever started them says so, or is gone: ``guard.py FOLDER``.

On standard input it is told their process groups, one a line. Its end is the end of the servers. The kernel's own way,
a signal when the parent dies, does not do: it is forgotten by a program that goes on as another user.
"""

import contextlib
import os
import shutil
import signal
import sys

if __name__ == "__main__":
    for line in sys.stdin.readlines():
        with contextlib.suppress(ProcessLookupError):
            # Nothing of theirs is kept, so none of them is asked to finish what it has begun.
            os.killpg(int(line), signal.SIGKILL)
    shutil.rmtree(sys.argv[1], ignore_errors=True)
