"""News goes up: whoever above cares reacts to what was recorded, afterwards and as often as needed.

The rows of the journal are the queue: an entry waits until every reaction has gone through. A reaction
that fails leaves its entry waiting, and the others go on (docs/decisions/0002). It is tried again ever more seldom:
however many fail, they do not keep what is newer from being told.
"""

import logging
from collections.abc import Callable

from django.db import transaction

from communis.journal.models import Entry
from communis.journal.moments import HOUR, MINUTE, SECOND, now

# What was done can be undone for a minute; until then no notice and no mail has left.
UNDO = 60 * SECOND
# 1, 2, 4 … minutes between the tries, and an hour at most. More often than so the failures are not counted.
_LONGEST_WAIT = HOUR
_MOST_COUNTED = 100

Reaction = Callable[[Entry], None]
_reactions: dict[str, list[Reaction]] = {}
_log = logging.getLogger("communis.journal")


def react_to(verb: str) -> Callable[[Reaction], Reaction]:
    """Decorator: call the function for every entry with this verb. It must bear being called twice."""

    def register(reaction: Reaction) -> Reaction:
        _reactions.setdefault(verb, []).append(reaction)
        return reaction

    return register


def waiting_about(what: str) -> set[int]:
    """The numbers that entries still waiting for their reactions name under ``what``, such as ``conversation``."""
    waiting = Entry.objects.filter(reacted_at=None).values_list("about", flat=True)
    return {int(about[what]) for about in waiting if isinstance(about.get(what), int)}


def react(limit: int = 500) -> int:
    """Let everybody react to what has waited out its minute. Returns how many entries are done with."""
    done = 0
    waiting = Entry.objects.filter(reacted_at=None, at__lte=now() - UNDO, retry_at__lte=now()).order_by("id")
    for entry in waiting[:limit]:
        try:
            with transaction.atomic():
                # Claimed by the update, so that two workers never react to one entry.
                if not Entry.objects.filter(id=entry.id, reacted_at=None).update(reacted_at=now()):
                    continue
                for reaction in _reactions.get(entry.verb, []):
                    reaction(entry)
            done += 1
        except Exception as error:
            # Only the kind of error and the number: a message could carry words out of a conversation.
            _log.error("reaction failed", extra={"entry": entry.id, "error": type(error).__name__})
            _try_later(entry)
    return done


def _try_later(entry: Entry) -> None:
    wait = min(2**entry.failures * MINUTE, _LONGEST_WAIT)
    waiting = Entry.objects.filter(id=entry.id, reacted_at=None)
    waiting.update(failures=min(entry.failures + 1, _MOST_COUNTED), retry_at=now() + wait)
