"""*One of 8 in Hemtjänst Norr, not Johan. The day, not the time.*"""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from communis.behind_the_scenes.crowds import CrowdSeen, crowds_of
from communis.conversations.gate import Seen


def crowd_words(shown: Sequence[Seen]) -> dict[int, str]:
    """``{line's number: among how many its author is}`` for words written behind the scenes."""
    return {line: _words(crowd) for line, crowd in crowds_of(shown).items()}


def _words(crowd: CrowdSeen) -> str:
    if crowd.circle and crowd.besides:
        return _("One of %(number)d in %(circle)s, not %(name)s. The day, not the time.") % {
            "number": crowd.number,
            "circle": crowd.circle,
            "name": crowd.besides,
        }
    if crowd.circle:
        return _("One of %(number)d in %(circle)s. The day, not the time.") % {
            "number": crowd.number,
            "circle": crowd.circle,
        }
    if crowd.everyone:
        return _("One of %(number)d employees. The day, not the time.") % {"number": crowd.number}
    return _("One of %(number)d who read here. The day, not the time.") % {"number": crowd.number}
