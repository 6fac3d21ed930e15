"""What listens for mail, in a thread of the test."""

import asyncio
import threading

from communis.channels.email.intake.listening import Intake, Lmtp, Smtp, server_for


class Listener:
    """Listens until it is closed, on a port of its own unless one is named."""

    def __init__(self, intake: Intake, kind: type[Lmtp] | type[Smtp], port: int = 0) -> None:
        self.loop = asyncio.new_event_loop()
        speak = server_for(intake, kind, "post.example")
        started = threading.Event()

        def run() -> None:
            asyncio.set_event_loop(self.loop)
            self.server = self.loop.run_until_complete(self.loop.create_server(speak, "127.0.0.1", port))
            self.port = int(self.server.sockets[0].getsockname()[1])
            started.set()
            self.loop.run_forever()

        self.thread = threading.Thread(target=run)
        self.thread.start()
        started.wait()

    def close(self) -> None:
        def end() -> None:
            self.server.close()
            # Who delivers may keep a connection for the next mail.
            for conversation in asyncio.all_tasks(self.loop):
                conversation.cancel()
            self.loop.call_soon(self.loop.stop)

        self.loop.call_soon_threadsafe(end)
        self.thread.join()
        self.loop.close()
