"""The web server: starts the web workers and starts them again. Django lives in the workers only."""

import os
import sys

from granian import Granian
from granian.constants import Interfaces

from communis.cli.children import PARENT, die_with_parent
from communis.cli.log import CONFIG


def main(host: str, port: str, workers: str) -> None:
    die_with_parent()
    os.environ[PARENT] = str(os.getpid())
    server = Granian(
        "communis.cli.web_worker:application",
        address=host,
        port=int(port),
        interface=Interfaces.WSGI,
        workers=int(workers),
        # One request at a time in each worker: its connection, and so its place among the writers, is its own.
        blocking_threads=1,
        respawn_failed_workers=True,
        workers_kill_timeout=5,
        websockets=False,
        log_dictconfig=CONFIG,
    )
    server.serve()


if __name__ == "__main__":
    main(*sys.argv[1:])
