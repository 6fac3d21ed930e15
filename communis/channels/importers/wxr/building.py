"""Turns the fields of one part of an export into a record, or says why it cannot be used."""

from datetime import datetime

from django.utils.translation import gettext as _

from communis.channels.importers.wxr.elements import Fields
from communis.channels.importers.wxr.records import (
    KINDS_LEFT_OUT,
    Author,
    Comment,
    CommentKind,
    CommentStatus,
    Entry,
    EntryKind,
    EntryStatus,
    Site,
)
from communis.channels.importers.wxr.values import (
    Unusable,
    address,
    identity,
    login,
    moment,
    number,
    public_name,
    shown,
)

MENU_TYPES = {"nav_menu_item", "wp_navigation"}
MACHINERY_TYPES = {
    "revision",
    "custom_css",
    "customize_changeset",
    "oembed_cache",
    "user_request",
    "wp_block",
    "wp_font_face",
    "wp_font_family",
    "wp_global_styles",
    "wp_template",
    "wp_template_part",
}
COMMENT_STATUSES = {
    "1": CommentStatus.APPROVED,
    "approve": CommentStatus.APPROVED,
    "approved": CommentStatus.APPROVED,
    "0": CommentStatus.UNAPPROVED,
    "hold": CommentStatus.UNAPPROVED,
    "": CommentStatus.UNAPPROVED,  # what is not said to be approved is held
    "spam": CommentStatus.SPAM,
    "trash": CommentStatus.BIN,
    "post-trashed": CommentStatus.BIN,
}


def site(header: Fields) -> Site:
    said = header.values
    return Site(
        title=said.get("title", ""),
        address=address(said.get("wp:base_blog_url", "")) or address(said.get("link", "")),
        description=said.get("description", ""),
        language=said.get("language", ""),
        version=said["wp:wxr_version"],
    )


def author(fields: Fields) -> Author:
    """Raises Unusable without a login name."""
    name = login(fields.values.get("wp:author_login", ""))
    if name == "":
        raise Unusable(_("%(name)s is missing") % {"name": "wp:author_login"})
    wordpress_id = number(fields.values.get("wp:author_id", ""), "wp:author_id")
    return named_author(name, fields.values.get("wp:author_display_name", ""), wordpress_id)


def named_author(name: str, display_name: str = "", wordpress_id: int | None = None) -> Author:
    """An author of whom perhaps only the login is known. Some logins are mail addresses: not shown as names."""
    return Author(name, public_name(display_name or name), wordpress_id or None)


def comment(fields: Fields) -> Comment:
    """Raises Unusable. The parent is as written: whether it exists is known first when the entry ends."""
    refuse_broken(fields)
    said = fields.values.get
    kind = said("wp:comment_type", "") or "comment"
    approved = said("wp:comment_approved", "")
    if approved not in COMMENT_STATUSES:
        raise Unusable(
            _("%(name)s is “%(value)s”, which is unknown") % shown("wp:comment_approved", approved)
        )
    parent = said("wp:comment_parent", "")
    return Comment(
        line=fields.line,
        wordpress_id=identity(said("wp:comment_id", ""), "wp:comment_id"),
        # 0 is no parent; anything else that is no number is a broken one, and no comment has number -1.
        parent_id=None if parent in ("", "0") else int(parent) if is_number(parent) else -1,
        kind=CommentKind(kind) if kind in set(CommentKind) else CommentKind.OTHER,
        status=COMMENT_STATUSES[approved],
        author_name=public_name(said("wp:comment_author", "")),
        author_url=address(said("wp:comment_author_url", "")),
        user_id=number(said("wp:comment_user_id", ""), "wp:comment_user_id") or None,
        body=said("wp:comment_content", ""),
        written_at=moment(said("wp:comment_date_gmt", ""), said("wp:comment_date", ""), "wp:comment_date"),
    )


def entry(fields: Fields, comments: tuple[Comment, ...], broken_parents: int) -> Entry:
    """Raises Unusable, except for kinds that are left out anyway: those are only counted."""
    said = fields.values.get
    wordpress_type = said("wp:post_type", "")
    kind = entry_kind(wordpress_type)
    left_out = kind in KINDS_LEFT_OUT
    if not left_out:
        refuse_broken(fields)
    return Entry(
        line=fields.line,
        wordpress_id=identity(said("wp:post_id", ""), "wp:post_id"),
        kind=kind,
        wordpress_type=wordpress_type,
        status=entry_status(said("wp:status", ""), left_out),
        title=said("title", ""),
        body=said("content:encoded", ""),
        excerpt=said("excerpt:encoded", ""),
        link=address(said("link", "")),
        guid=said("guid", ""),
        author_login=login(said("dc:creator", "") or said("wp:author", "")),
        written_at=entry_moment(fields, left_out),
        parent_id=int(said("wp:post_parent", "")) or None if is_number(said("wp:post_parent", "")) else None,
        protected=said("wp:post_password", "") != "",
        sticky=said("wp:is_sticky", "") == "1",
        categories=terms(fields, "category"),
        tags=terms(fields, "tag"),
        attachment_url=address(said("wp:attachment_url", "")),
        comments=comments,
        broken_parents=broken_parents,
    )


def refuse_broken(fields: Fields) -> None:
    if fields.broken:
        raise Unusable(
            _("the text of %(name)s holds elements; it has to be escaped") % {"name": fields.broken[0]}
        )


def is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 18


def entry_kind(wordpress_type: str) -> EntryKind:
    """Real exports hold a few entries of no type at all, with comments: those are kept as other, so as drafts."""
    if wordpress_type in MENU_TYPES:
        return EntryKind.MENU_ITEM
    if wordpress_type in MACHINERY_TYPES:
        return EntryKind.MACHINERY
    if wordpress_type in (EntryKind.POST, EntryKind.PAGE, EntryKind.ATTACHMENT):
        return EntryKind(wordpress_type)
    return EntryKind.OTHER


def entry_status(text: str, left_out: bool) -> EntryStatus:
    if text == "":
        return EntryStatus.DRAFT  # as WordPress does: what is not said to be published is not
    if text in set(EntryStatus) - {EntryStatus.UNKNOWN}:
        return EntryStatus(text)
    if left_out:
        return EntryStatus.UNKNOWN
    raise Unusable(_("%(name)s is “%(value)s”, which is unknown") % shown("wp:status", text))


def entry_moment(fields: Fields, left_out: bool) -> datetime | None:
    said = fields.values.get
    try:
        return moment(
            said("wp:post_date_gmt", ""), said("wp:post_date", ""), "wp:post_date", said("pubDate", "")
        )
    except Unusable:
        if left_out:
            return None
        raise


def terms(fields: Fields, kind: str) -> tuple[str, ...]:
    """Category or tag names in the file's order, each once."""
    return tuple(dict.fromkeys(name for term, name in fields.terms if term == kind))
