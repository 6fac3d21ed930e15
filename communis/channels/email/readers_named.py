"""Who reads something, in the words of a mail: as the page would tell its one reader (rulings, Mail)."""

from django.utils.translation import ngettext

from communis.looking.viewers import Viewer
from communis.openness.describing import audience_seen
from communis.openness.rungs import Rung


def readers_named(audience_id: int, viewer: Viewer) -> str:
    """*Karin Sundvall*, *Bygglov och plan*, *All employees*; those who are in no list only counted (gate rule 22)."""
    seen = audience_seen(audience_id, viewer)
    if seen.rung >= Rung.ORGANISATION:
        return str(Rung(seen.rung).label)
    more = ngettext("one more person", "%(count)d more persons", seen.unlisted) % {"count": seen.unlisted}
    return ", ".join(
        [*(circle.name for circle in seen.circles), *seen.persons, *([more] if seen.unlisted else [])]
    )
