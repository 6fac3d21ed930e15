"""Log lines for programs: one JSON object a line, made of allowed parts only (trust LOG-1).

Words from conversations, e-mail addresses and IP numbers travel in the arguments of messages, in the messages
of errors and in paths. None of these is written: of our own messages the fixed text, of an error its kind and
where it happened, of a request its route and status.
"""

import json
import logging
import traceback
from datetime import UTC, datetime
from pathlib import Path

OURS = ("communis", "_granian")
ALLOWED = ("command", "entry", "error", "job", "process", "seconds", "status_code")
PACKAGE = Path(__file__).parents[1]


class JsonLines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
        }
        if record.name.split(".")[0] in OURS:
            # The text as the programmer wrote it, before any argument is put in.
            line["event"] = record.msg if isinstance(record.msg, str) else type(record.msg).__name__
        else:
            line["event"] = f"{record.module}.{record.funcName}"
        line |= {name: getattr(record, name) for name in ALLOWED if hasattr(record, name)}
        route = getattr(getattr(getattr(record, "request", None), "resolver_match", None), "route", None)
        if route is not None:
            line["route"] = route
        if record.exc_info and record.exc_info[1] is not None:
            line["error"] = type(record.exc_info[1]).__name__
            line["where"] = where(record.exc_info[1])
        return json.dumps(line, ensure_ascii=False, default=lambda other: type(other).__name__)


def where(error: BaseException) -> str:
    """The innermost line of our own code that the error passed: ``cli/main.py line 40``."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if PACKAGE in Path(frame.filename).parents] or list(frames)
    if not ours:
        return "unknown"
    path = Path(ours[-1].filename)
    name = path.relative_to(PACKAGE) if PACKAGE in path.parents else path.name
    return f"{name} line {ours[-1].lineno}"


# The same for Django (settings.LOGGING) and for the web server. All goes to stderr: stdout is for answers.
CONFIG = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "communis.cli.log.JsonLines"}},
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": "json", "stream": "ext://sys.stderr"}
    },
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {
        # Django would write tracebacks to the console and mail them to the administrators.
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        "django.server": {"handlers": [], "level": "INFO", "propagate": True},
        "_granian": {"handlers": [], "level": "INFO", "propagate": True},
    },
}
