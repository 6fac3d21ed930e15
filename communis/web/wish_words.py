"""A wish for how to be answered, in words: *Elin wants the answer straight and in writing.*"""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from communis.conversations.gate import Seen
from communis.conversations.kinds import Wish
from communis.conversations.wishing import wishes_with
from communis.web.audience_words import first_names, joined


def wish_of(seen: Seen | None) -> str:
    """What the author of something seen wishes; empty without a wish. It says no more of the author than the byline."""
    wishes = wishes_with(seen) if seen is not None else []
    if seen is None or not wishes:
        return ""
    return wish_by_name(seen.person_name, wishes)


def wish_by_name(name: str | None, wishes: Sequence[Wish]) -> str:
    """The same for an author named so; None shows no name."""
    if not wishes:
        return ""
    if name is None:
        return _("The one who wrote wants the answer %(how)s.") % {"how": _how(wishes)}
    return _("%(name)s wants the answer %(how)s.") % {"name": first_names([name])[0], "how": _how(wishes)}


def _how(wishes: Sequence[Wish]) -> str:
    return joined([str(wish.label).lower() for wish in wishes])
