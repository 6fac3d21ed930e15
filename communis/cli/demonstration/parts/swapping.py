"""What the opened letter led to. Elin listens, and nobody sees that she does."""

from collections.abc import Iterator

from communis.cli.demonstration.spoken import spoken
from communis.cli.demonstration.timeline import Happening
from communis.cli.demonstration.town import Town
from communis.conversations.following import follow
from communis.conversations.lines import line_seen
from communis.conversations.models import Following
from communis.people.holdings import viewer_for


def happenings(town: Town) -> Iterator[Happening]:
    yield from spoken(town, "swapping")
    yield from spoken(town, "pairs")
    yield Happening(town.at("3 19:20"), lambda: _elin_listens(town))


def _elin_listens(town: Town) -> None:
    elin = town.persons["elin"]
    seen = line_seen(town.line("swapping.opening", "elin"), viewer_for(elin.id))
    follow(seen.conversation_public_id, Following.Way.LISTENING, by=elin)
