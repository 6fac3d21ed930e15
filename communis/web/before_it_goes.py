"""The check before opening where one writes: words, file names and descriptions that all employees or anyone will read.

Below all employees nothing is looked for here: a letter may name a colleague.
"""

from collections.abc import Collection, Iterable, Sequence

from django.http import QueryDict

from communis.conversations.words import Attachment
from communis.looking.viewers import Viewer
from communis.openness.rungs import Rung
from communis.people.circles_held import authorities_around, authorities_listed, shared_with
from communis.people.models import Circle
from communis.web import found_rows
from communis.web.found_rows import FoundRow
from communis.widening.crossing import crossing
from communis.widening.findings import Finding, Kind
from communis.widening.looking_through import look_through


class Words:
    """Words on their way to a rung, and what the check finds in them; the same arguments as ``look_through``."""

    def __init__(
        self,
        text: str,
        rung: Rung,
        viewer: Viewer,
        *,
        beside: Iterable[str] = (),
        answered: Sequence[str] = (),
        outside_already: bool = False,
    ) -> None:
        self.text, self.rung = text, rung
        self.found, self.names = look_through(
            text, rung, viewer, beside=beside, answered=answered, outside_already=outside_already
        )

    def rows(self, left: Sequence[str]) -> list[FoundRow]:
        """What was found, to be shown."""
        return found_rows.found_rows(self.found, left)

    def with_masked(self, token: str) -> str:
        """The text with one of them masked."""
        return found_rows.mask(self.text, token, self.found, self.rung, self.names)


def borders(circles: Collection[Circle], viewer: Viewer) -> dict[int, str]:
    """``{circle's id: the line to say beside it}``, where some of another authority read what is said to it (D5).

    They do where the circle belongs to one, or somebody in it is in a unit of one. One quiet line that stops nothing;
    told of what the writer may look into alone.
    """
    own = authorities_around([one.principal for one in viewer.narrow_holdings()])
    authorities = authorities_listed(viewer) if own else {}
    across = {number for number, found in authorities.items() if crossing(Rung.CIRCLE, own, found)}
    if not across:
        return {}
    said = Finding(0, 0, Kind.OTHER_AUTHORITY, Rung.CIRCLE).explanation
    read_across = across | shared_with(across, circles, viewer)
    return {circle.id: said for circle in circles if circle.id in read_across}


def said_of(files: Iterable[Attachment]) -> list[str]:
    """What stands beside the words: names and descriptions of files."""
    said = [word for file in files for word in (file.name, file.alternative, file.creator, file.licence)]
    return [word for word in said if word]


def left_in(post: QueryDict) -> list[str]:
    """What the writer has said stays."""
    return [*post.getlist("left"), post.get("leave", "")]


def may_go(rows: Sequence[FoundRow], post: QueryDict) -> bool:
    """Whether the writer has seen all of them, and none has to go first."""
    seen = post.get("checked", "").split(",")
    return all(row.token in seen and not row.stops for row in rows)
