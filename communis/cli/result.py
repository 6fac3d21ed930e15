"""What a command answers: for people a sentence, for programs one JSON object on the last line."""

import json
import sys
from typing import Any, NamedTuple


class Result(NamedTuple):
    """``text`` is for people; ``data`` is added to ``{"ok": true}``, or to ``{"ok": false, "error": text}``.

    Nothing here may hold words from a conversation that the one who runs the command may not see.
    """

    text: str
    data: dict[str, Any] = {}
    failed: bool = False


def say(result: Result, *, as_json: bool) -> None:
    """Progress has gone to stderr before; this is all that goes to stdout."""
    if as_json:
        answer = {"ok": False, "error": result.text} if result.failed else {"ok": True}
        print(json.dumps(answer | result.data, ensure_ascii=False), flush=True)
    elif result.text:
        print(result.text, file=sys.stderr if result.failed else sys.stdout, flush=True)
