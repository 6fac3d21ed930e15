"""An answer begun and not given (*Utkast till besked*): a draft of whoever writes it, seen by nobody else."""

from collections.abc import Iterable, Mapping

from communis.answers.answering import Wording
from communis.conversations import drafting
from communis.conversations.models import Draft
from communis.people.models import Person


def keep_draft(ask: str, typed: Mapping[str, str], *, by: Person, key: str = "") -> Draft | None:
    """Keep the fields of the form for this ask, over what was kept before; the words of it are the draft's text.

    None when nothing is written, and what was kept goes; or when the form with this ``key`` was sent already.
    Raises Refused when the words are too many, NotThere for an ask that cannot be one.
    """
    text = Wording(typed.get("words", ""), typed.get("reason", ""), typed.get("unknown", "")).as_text()
    place = drafting.asked_place(ask)
    if not any(typed.values()):
        drafting.throw_away(place, by=by)
        return None
    return drafting.save_draft(place, text, by=by, choices=dict(typed), key=key)


def drafted(ask: str, *, by: Person) -> tuple[Draft, dict[str, str]] | None:
    """What the person has begun to answer, and its fields by name."""
    found = drafting.draft_at(drafting.asked_place(ask), by=by)
    if found is None:
        return None
    return found, {name: value for name, value in found.choices.items() if isinstance(value, str)}


def drafted_among(asks: Iterable[str], *, by: Person) -> set[str]:
    """Those of these asks, by public id, that the person has begun to answer."""
    places = {drafting.asked_place(ask): ask for ask in asks}
    return {places[place] for place in drafting.begun_among(places, by=by)}


def forget_draft(ask: str, *, by: Person) -> None:
    """The answer is given: its draft goes."""
    drafting.throw_away(drafting.asked_place(ask), by=by)
