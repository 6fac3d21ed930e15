"""Puts a contribution's own pictures and files into its words, each by its address below the line."""

import re
from collections.abc import Mapping, Sequence

from django.utils.html import escape
from django.utils.translation import gettext as _

from communis.conversations.models import File
from communis.conversations.words import Attachment

# What markdown.render leaves where the text says ![…](file:2).
_PLACEHOLDER = re.compile(r'<img data-file="(\d+)"[^>]*>')


def with_pictures(html: str, line: str, files: Sequence[File]) -> str:
    """The words with their pictures; those the text does not place stand after it, other files as links."""
    return _placed(html, f"/lines/{line}/files", {str(file.number): file for file in files})


def with_draft_pictures(html: str, draft: str, files: Sequence[Attachment]) -> str:
    """The same for words that nobody else sees yet: the draft's own files, by its public id."""
    return _placed(
        html, f"/drafts/{draft}/files", {str(number): file for number, file in enumerate(files, 1)}
    )


def _placed(html: str, below: str, by_number: Mapping[str, File | Attachment]) -> str:
    placed: set[str] = set()

    def put(match: re.Match[str]) -> str:
        file = by_number.get(match.group(1))
        if file is None:
            return ""
        placed.add(match.group(1))
        # A picture that leads elsewhere, as pictures of a blog do, is no link of ours besides.
        leads_on = html.rfind("<a ", 0, match.start()) > html.rfind("</a>", 0, match.start())
        return _show(f"{below}/{match.group(1)}", file, large=not leads_on)

    words = _PLACEHOLDER.sub(put, html)
    rest = (_show(f"{below}/{number}", file) for number, file in by_number.items() if number not in placed)
    return words + "".join(rest)


def _show(address: str, file: File | Attachment, *, large: bool = True) -> str:
    if file.width is None:
        return f'<p class="file"><a href="{address}">{escape(file.name)}</a></p>'
    size = f' width="{file.width}" height="{file.height}"' if file.height else ""
    credit = " · ".join(escape(part) for part in (file.creator, file.licence) if part)
    caption = f"<figcaption>{credit}</figcaption>" if credit else ""
    small = f"{address}/small" if file.small_stored_as else address
    if file.decoration:
        return f'<figure><img src="{small}" alt=""{size} loading="lazy">{caption}</figure>'
    alternative = escape(file.alternative or _("A picture. Its sender has not described it."))
    image = f'<img src="{small}" alt="{alternative}"{size} loading="lazy">'
    if large:
        image = f'<a href="{address}" class="picture">{image}</a>'
    return f"<figure>{image}{caption}</figure>"
