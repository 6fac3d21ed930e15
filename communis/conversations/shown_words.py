"""A contribution in a few words, as its reader sees it: whose it is, its first sentence, its headline."""

from django.utils.translation import gettext as _

from communis.conversations.gate import Seen
from communis.conversations.markdown import first_line, first_sentence
from communis.conversations.restating import headlines
from communis.looking.viewers import Viewer
from communis.openness.bylines import Byline, outside_name_shown
from communis.openness.pseudonyms import pseudonym_name


def byline(seen: Seen) -> str:
    """The name shown, as plain text."""
    if seen.byline == Byline.Kind.HIDDEN:
        return _("Hidden by %(name)s") % {"name": seen.person_name}
    if seen.person_name is not None:
        if seen.outside_name is not None:
            return f"{seen.person_name} {known_outside_as(seen.outside_name)}"
        return f"{seen.person_name}, {seen.role}" if seen.role else seen.person_name
    if seen.alias is not None:
        return _("%(name)s (pseudonym)") % {"name": pseudonym_name(seen.alias)}
    if seen.byline == Byline.Kind.BEHIND_THE_SCENES:
        return _("Behind the scenes")
    if seen.outside_name is not None:
        return outside_name_shown(seen.outside_name)
    return _("Unnamed")


def known_outside_as(name: str) -> str:
    """Said after a person's name, where the words were written elsewhere."""
    return _("(outside Communis as %(name)s)") % {"name": name}


def sender(seen: Seen) -> str:
    """Who sent it, for the record line: the name shown, empty where it is shown without one."""
    if seen.byline == Byline.Kind.HIDDEN:
        return ""
    return byline(seen) if seen.person_name is not None or seen.outside_name is not None else ""


def sentence(seen: Seen) -> str:
    """The first sentence as written."""
    return first_sentence(seen.html) or _("A picture")


def headline_of(opening: Seen, viewer: Viewer) -> str:
    """What a conversation is about in one line: its opening, or the simpler words adopted for it."""
    return first_line(headlines([opening], viewer).get(opening.contribution, opening).html)
