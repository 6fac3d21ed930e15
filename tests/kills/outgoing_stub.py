"""A mail server on the other side that refuses, goes silent after it has taken a mail, or takes it."""

import asyncio
import threading
from collections import Counter
from random import Random

from aiosmtpd.smtp import SMTP, Envelope, Session


class Stub:
    """Counts by Message-ID what it has kept. ``obliging``: it takes everything from now on."""

    def __init__(self, chance: Random) -> None:
        self.chance = chance
        self.obliging = False
        self.kept: Counter[str] = Counter()
        # How often it kept one and never said so.
        self.silent = 0
        self.loop = asyncio.new_event_loop()
        started = threading.Event()

        def run() -> None:
            asyncio.set_event_loop(self.loop)
            served = self.loop.create_server(lambda: SMTP(self), "127.0.0.1", 0)
            self.server = self.loop.run_until_complete(served)
            self.port = int(self.server.sockets[0].getsockname()[1])
            started.set()
            self.loop.run_forever()

        self.thread = threading.Thread(target=run, daemon=True)
        self.thread.start()
        started.wait()

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if not self.obliging and self.chance.random() < 0.1:
            return "451 4.3.0 Not now"
        envelope.rcpt_tos.append(address)
        return "250 Ok"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        content = envelope.content
        raw = content if isinstance(content, bytes) else str(content).encode()
        (line,) = (one for one in raw.splitlines() if one.lower().startswith(b"message-id:"))
        refused = not self.obliging and self.chance.random() < 0.1
        if refused:
            return "451 4.3.0 Not now"
        self.kept[line.partition(b":")[2].strip().decode()] += 1
        if not self.obliging and self.chance.random() < 0.05:
            self.silent += 1
            assert server.transport is not None
            server.transport.abort()
        return "250 Ok"

    def close(self) -> None:
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join()
