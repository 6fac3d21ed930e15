"""The report of an import in words: a row for each kind, and what was left out."""

from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _

KINDS = {
    "posts": _("Posts"),
    "pages": _("Pages"),
    "comments": _("Comments"),
    "pingbacks": _("Pingbacks"),
    "trackbacks": _("Trackbacks"),
    "authors": _("Authors"),
    "other_entries": _("Entries of other kinds"),
    "other_comments": _("Comments of other kinds"),
}
LEFT_OUT = {
    "attachments": _("Pictures and files"),
    "menu_items": _("Menu items"),
    "machinery": _("WordPress's own entries"),
    "spam": _("Spam"),
    "bin": _("In the bin"),
    "comments_left_out": _("Comments on what is left out"),
}


class Row(NamedTuple):
    """One kind. ``only_read`` marks what is left out: it was counted and nothing more."""

    title: Any
    read: int
    added: int
    already_there: int
    drafts: int
    held: int
    only_read: bool


def rows_of(report: dict[str, Any]) -> list[Row]:
    """Kinds of which the export has none are not shown, posts and comments apart."""
    read = {**report.get("left_out", {}), **report.get("read", {})}
    rows = []
    for kind, title in KINDS.items():
        counts = [report.get(part, {}).get(kind, 0) for part in ("added", "already_there", "drafts", "held")]
        if read.get(kind) or kind in ("posts", "comments"):
            # Of other kinds only drafts and held ones are counted: they are never anything else.
            counts[0] = counts[0] or counts[2] + counts[3]
            rows.append(Row(title, read.get(kind, 0), counts[0], counts[1], counts[2], counts[3], False))
    rows += [Row(title, read[kind], 0, 0, 0, 0, True) for kind, title in LEFT_OUT.items() if read.get(kind)]
    return rows
