"""Where the comments of one entry hang, and which of them are here already.

What answers something that is not shown hangs on the nearest thing above it that is, so that nothing is told of
what lies between.
"""

from collections.abc import Callable

from communis.channels.importers.models import Held, Imported
from communis.channels.importers.wxr.records import Comment, Entry


class EntryPlaces:
    """The places of one entry. ``contributions`` are the public things that are here: ``{key: contribution id}``."""

    def __init__(self, source: str, entry: Entry) -> None:
        self.entry_number = entry.wordpress_id
        self.entry_key = f"entry:{entry.wordpress_id}"
        self._comments = {comment.wordpress_id: comment for comment in entry.comments}
        here = _here(source, [self.entry_key, *map(self.key, entry.comments)])
        self._here = set(here)
        self.contributions = {key: number for key, number in here.items() if number is not None}
        # An entry that an earlier import kept as a draft stays one, and its comments wait with it.
        self._open = entry.is_public if self.entry_key not in here else self.entry_key in self.contributions
        self._shown = set(self.contributions)
        self._held = _waiting(source, [key for key, number in here.items() if number is None])

    def key(self, comment: Comment) -> str:
        return f"comment:{comment.wordpress_id}"

    def is_here(self, key: str) -> bool:
        """Whether an earlier run brought it: public, held, a draft, or left out by the steward since."""
        return key in self._here

    def opens_to_all(self, comment: Comment) -> bool:
        return self._open and comment.is_public

    def shows(self, key: str) -> None:
        """It is public now, so answers can hang on it."""
        self._shown.add(key)

    def holds(self, key: str) -> None:
        """It waits now; what answers it and waits too can be published below it later."""
        self._held.add(key)

    def shown_above(self, comment: Comment) -> str:
        """The key of the nearest thing above that is public."""
        return self._nearest(comment, self._shown.__contains__)

    def above(self, comment: Comment) -> str:
        """The key of the nearest thing above that is public or waits itself."""
        return self._nearest(comment, lambda key: key in self._shown or key in self._held)

    def _nearest(self, comment: Comment, wanted: Callable[[str], bool]) -> str:
        parent = comment.parent_id
        while parent is not None:
            above = self._comments[parent]
            if wanted(self.key(above)):
                return self.key(above)
            parent = above.parent_id
        return self.entry_key


def _here(source: str, keys: list[str]) -> dict[str, int | None]:
    """What an earlier run brought: ``{key: contribution}``; None for drafts and what is or was held."""
    found: dict[str, int | None] = {}
    for start in range(0, len(keys), 500):
        rows = Imported.objects.filter(source=source, kind="wxr", key__in=keys[start : start + 500])
        found |= dict(rows.values_list("key", "contribution_id"))
    return found


def _waiting(source: str, keys: list[str]) -> set[str]:
    found: set[str] = set()
    for start in range(0, len(keys), 500):
        rows = Held.objects.filter(imported__source=source, imported__key__in=keys[start : start + 500])
        found |= set(rows.values_list("imported__key", flat=True))
    return found
