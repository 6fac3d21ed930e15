"""Before an answer is sent where someone writes without a name: the names in it, to look at once more.

Asked of every name alike. Whoever is asked learns nothing: not whether the guess was right, and not of whom there
is anything to guess beyond what the conversation shows.
"""

from communis.conversations.outing import someone_is_hidden
from communis.looking.viewers import Viewer
from communis.people.models import Person
from communis.web.desks import Desk
from communis.widening.known_names import KnownNames
from communis.widening.names_found import names_found


def names_to_look_at(desk: Desk, text: str, viewer: Viewer, seen_before: str) -> list[str]:
    """The names in the text as they stand there; nothing when all of them were in ``seen_before``, joined by commas.

    The name under what is answered is no guess, and one's own neither.
    """
    if desk.answering is None or not someone_is_hidden(desk.answering.seen.conversation, viewer):
        return []
    listed = Person.visible.to(viewer).exclude(id=viewer.person_id)
    if desk.answering.seen.person is not None:
        listed = listed.exclude(public_id=desk.answering.seen.person)
    known = KnownNames(listed.values_list("name", flat=True))
    found = sorted({text[start:end] for start, end, _kind in names_found(text, known)})
    return found if set(found) - set(seen_before.split(",")) else []
