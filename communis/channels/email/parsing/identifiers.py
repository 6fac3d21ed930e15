"""The names of mails: Message-ID, In-Reply-To and References."""

import re
from collections.abc import Iterable

from communis.channels.email.parsing.charsets import decoded

_NAME = re.compile(r"<([^<>\s]{1,990})>")


def identifiers(values: Iterable[bytes]) -> tuple[str, ...]:
    """Every ``<...>``, in order, each once; what people and old programs write around them is left out.

    A single word without brackets is taken as one: some programs forget them.
    """
    found: dict[str, None] = {}
    for value in values:
        text = decoded(value)
        named = _NAME.findall(text)
        if not named and "@" in text and not re.search(r"[\s<>]", text.strip("<> ")):
            named = [text.strip("<> ")[:990]]
        found.update((f"<{name}>", None) for name in named)
    return tuple(found)
