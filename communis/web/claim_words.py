"""*Written by Elin Forsgren, who has shown it.* Beside words behind the scenes, for those it is shown to alone."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.html import escape
from django.utils.translation import gettext as _

from communis.behind_the_scenes.claiming import ClaimSeen


def claim_html(claims: Iterable[ClaimSeen]) -> str:
    """A line each: the name, what she says to it, and the way to try it."""
    return "".join(_line(one) for one in claims)


def _line(one: ClaimSeen) -> str:
    said = escape(_("Written by %(name)s, who has shown it.") % {"name": one.name})
    word = f" <q>{escape(one.word)}</q>" if one.word else ""
    trying = escape(_("Try whether it is true"))
    return (
        f'\n<p class="claim">{said}{word} <a href="{reverse("claim", args=[one.public_id])}">{trying}</a></p>'
    )
