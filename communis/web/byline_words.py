"""The bylines one can choose, in words."""

from typing import NamedTuple

from django.utils.translation import gettext as _

from communis.conversations.crediting import Credited
from communis.conversations.kinds import Kind
from communis.openness.bylines import Byline
from communis.people.actions import roles_now
from communis.people.models import Person
from communis.web.audience_words import joined

# In forms. A role cannot be mistaken for one of these: no title begins with a colon here.
HIDDEN = {":pseudonym": Byline.Kind.PSEUDONYM, ":unnamed": Byline.Kind.UNNAMED}


class BylineChoice(NamedTuple):
    """A byline to choose: the form's value, and the words for it."""

    value: str
    words: str
    chosen: bool


def byline_choices(person: Person, chosen: str, kind: Kind) -> list[BylineChoice]:
    """One's name, one's roles, and without one's name where that can be."""
    choices = {"": person.name}
    choices |= {role.title: f"{person.name}, {role.title}" for role in roles_now(person)}
    if kind != Kind.QUESTION:
        choices |= {value: hidden_words(hidden) for value, hidden in HIDDEN.items()}
    if chosen not in choices:
        # Kept from a draft: a role that is held no longer, which sending refuses with the reason.
        choices[chosen] = f"{person.name}, {chosen}"
    return [BylineChoice(value, words, value == chosen) for value, words in choices.items()]


def hidden_words(hidden: Byline.Kind) -> str:
    """*A pseudonym*, *Unnamed*."""
    return _("Under a pseudonym") if hidden == Byline.Kind.PSEUDONYM else _("Unnamed")


def credited_words(credited: Credited | None) -> str:
    """*Amina Warsame and one or more without a name*; empty when nobody is mentioned."""
    if credited is None:
        return ""
    others = [_("one or more without a name")] if credited.unnamed else []
    return joined([*credited.names, *others])
