"""The process that ``communis serve`` becomes: keeps the web server and the worker running, and knows nothing else.

It imports neither Django nor the web server, so it stays small and has next to nothing that can fail.
"""

import signal
import subprocess
import sys
import time

from communis.cli import children

SIGNALS = {signal.SIGTERM, signal.SIGINT, signal.SIGCHLD}
# Seconds before one that ended is started again, and before one that will not end is killed.
PAUSE = 1
PATIENCE = 10


def supervise(commands: list[list[str]]) -> int:
    """Run every command as a child until SIGTERM or SIGINT; returns the exit code."""
    # Held back and fetched one by one, so that none arrives in the middle of anything.
    signal.pthread_sigmask(signal.SIG_BLOCK, SIGNALS)
    running = [children.start(*command) for command in commands]
    while signal.sigwait(SIGNALS) == signal.SIGCHLD:
        for number, child in enumerate(running):
            if child.poll() is None:
                continue
            if signal.sigtimedwait(SIGNALS - {signal.SIGCHLD}, PAUSE) is not None:
                return stop(running)
            running[number] = children.start(*commands[number])
    return stop(running)


def stop(running: "list[subprocess.Popen[bytes]]") -> int:
    give_up_at = time.monotonic() + PATIENCE
    for child in running:
        child.terminate()
    for child in running:
        try:
            child.wait(max(0.1, give_up_at - time.monotonic()))
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
    return 0


def main(host: str, port: str, workers: str, *rest: str) -> int:
    commands = [["communis.cli.web_server", host, port, workers]]
    if "web-only" not in rest:
        commands.append(["communis", "worker"])
    if "mail" in rest:
        commands.append(["communis", "mail", "listen"])
    return supervise(commands)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
