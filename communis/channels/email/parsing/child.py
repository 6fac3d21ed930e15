"""The child that reads strangers' mails: ``python -m communis.channels.email.parsing.child MEBIBYTES SOCKET``.

It knows no secret of the installation, writes no file, and ends when the other side of its socket does. A mail that
takes all memory or time takes nothing but this process.
"""

import math
import resource
import signal
import socket
import sys

from communis.channels.email.parsing.frames import LENGTH, packed
from communis.channels.email.parsing.letter import Letter, Unreadable
from communis.channels.email.parsing.limits import MEBIBYTE
from communis.channels.email.parsing.reading import read

# Before each mail: how many seconds of the processor it may take.
SECONDS = LENGTH
OUT_OF_MEMORY = 3  # how the process ends when it has not even room for the mail


def main() -> None:
    # A Ctrl-C in the terminal is for the worker, which then ends this.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    memory = int(sys.argv[1]) * MEBIBYTE
    for kind, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (most, most))
    with socket.socket(fileno=int(sys.argv[2])) as connection, connection.makefile("rb") as incoming:
        while True:
            beginning = incoming.read(SECONDS.size + LENGTH.size)
            if len(beginning) < SECONDS.size + LENGTH.size:
                return
            _allow(SECONDS.unpack_from(beginning)[0])
            (length,) = LENGTH.unpack_from(beginning, SECONDS.size)
            try:
                _answer(connection, read(incoming.read(length)))
            except MemoryError:
                sys.exit(OUT_OF_MEMORY)


def _allow(seconds: int) -> None:
    """So many more seconds of the processor; the kernel ends the process after them."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    most = math.ceil(used.ru_utime + used.ru_stime) + seconds
    resource.setrlimit(resource.RLIMIT_CPU, (most, resource.RLIM_INFINITY))


def _answer(connection: socket.socket, result: Letter | Unreadable) -> None:
    for piece in packed(result):
        connection.sendall(piece)


if __name__ == "__main__":
    main()
