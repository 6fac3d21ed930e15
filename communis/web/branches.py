"""The branches of a long conversation, listed at its top: each by its first sentence, and where it begins."""

from collections.abc import Sequence
from html import escape

from django.utils.translation import gettext as _

from communis.conversations.reading import Node
from communis.conversations.shown_words import byline, sentence

# Below so many contributions a reader sees the whole at a glance.
LONG = 20


def draw_branches(nodes: Sequence[Node]) -> bytes:
    """*Branches: 7* with a link to each, as UTF-8; nothing for a short conversation or a single branch."""
    begins = [node.seen for node in nodes if node.depth == 1 and node.seen is not None]
    if len(nodes) < LONG or len(begins) < 2:
        return b""
    title = escape(_("Branches: %(count)d") % {"count": len(begins)})
    rows = "".join(
        f'<li><a href="#{seen.line}">{escape(sentence(seen))}</a> <span class="by">{escape(byline(seen))}</span></li>\n'
        for seen in begins
    )
    return f'<details class="branches"><summary>{title}</summary>\n<ol>{rows}</ol></details>'.encode()
