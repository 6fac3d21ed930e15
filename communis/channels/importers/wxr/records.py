"""What a WordPress export says, as plain values. Nothing here knows the database.

Mail addresses and IP numbers of commenters are never read into these objects (rulings, Imports).
Titles, bodies and excerpts are HTML from strangers, exactly as written: clean them before anyone sees them.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Malformed(Exception):
    """The whole file is refused. ``line`` counts from 1; ``why`` is one plain, translated phrase."""

    def __init__(self, line: int, why: str) -> None:
        super().__init__(line, why)
        self.line = line
        self.why = why

    def __str__(self) -> str:
        return f"line {self.line}: {self.why}"


@dataclass(frozen=True, slots=True)
class Refusal:
    """One entry, comment or author that cannot be used, in a file that otherwise can."""

    where: str  # "line 123, comment 5 of entry 17", translated
    why: str


@dataclass(frozen=True, slots=True)
class Site:
    """The blog itself. Always the first record."""

    title: str
    address: str  # http(s), or "" where the export gives none
    description: str
    language: str
    version: str  # of the export format: "1.0", "1.1", "1.2"


@dataclass(frozen=True, slots=True)
class Author:
    """Someone who wrote entries. Comes once, before the first entry naming the login that is not left out."""

    login: str  # what Entry.author_login refers to
    display_name: str  # never empty: the login where the export gives no other name
    wordpress_id: int | None  # what Comment.user_id refers to; exports before 1.2 have none


class EntryKind(StrEnum):
    POST = "post"
    PAGE = "page"
    OTHER = "other"  # a type that a theme or plugin added, or none; Entry.wordpress_type says which
    ATTACHMENT = "attachment"
    MENU_ITEM = "menu item"
    MACHINERY = "machinery"  # revisions, templates, style sheets: WordPress talking to itself


class EntryStatus(StrEnum):
    PUBLISH = "publish"
    DRAFT = "draft"
    PRIVATE = "private"
    PENDING = "pending"
    FUTURE = "future"
    INHERIT = "inherit"
    AUTO_DRAFT = "auto-draft"
    TRASH = "trash"
    UNKNOWN = "unknown"  # only on kinds that are left out; elsewhere an unknown status is refused


class CommentKind(StrEnum):
    COMMENT = "comment"
    PINGBACK = "pingback"
    TRACKBACK = "trackback"
    OTHER = "other"  # added by a plugin, sometimes private (order notes): never public by itself


class CommentStatus(StrEnum):
    APPROVED = "approved"
    UNAPPROVED = "unapproved"
    SPAM = "spam"
    BIN = "bin"


@dataclass(frozen=True, slots=True)
class Comment:
    """What someone said below an entry."""

    line: int  # where it begins in the file
    wordpress_id: int  # unique within one export
    parent_id: int | None  # a comment of the same entry, earlier in Entry.comments; None at the top
    kind: CommentKind
    status: CommentStatus
    author_name: str  # "" where nobody gave a name
    author_url: str  # http(s) or ""
    user_id: int | None  # Author.wordpress_id of someone who was signed in
    body: str
    written_at: datetime | None  # UTC; None where the export does not say

    @property
    def left_out(self) -> bool:
        """Spam and the bin are counted, never imported."""
        return self.status in (CommentStatus.SPAM, CommentStatus.BIN)

    @property
    def is_public(self) -> bool:
        """Approved, and of a kind that readers of the blog could see. Its entry must be public as well."""
        return self.status == CommentStatus.APPROVED and self.kind != CommentKind.OTHER


@dataclass(frozen=True, slots=True)
class Entry:
    """A post, a page or anything else that WordPress keeps as one, with all its comments."""

    line: int  # where it begins in the file
    wordpress_id: int  # unique within one export
    kind: EntryKind
    wordpress_type: str  # the export's own word: "post", "event", "nav_menu_item", or "" if it says none
    status: EntryStatus
    title: str
    body: str
    excerpt: str
    link: str  # where it could be read; http(s) or ""
    guid: str
    author_login: str  # "" where the export names nobody
    written_at: datetime | None  # UTC; None where the export does not say
    parent_id: int | None  # page above this page, or entry that an attachment belongs to; may be missing
    protected: bool  # readers had to type a password: not public
    sticky: bool
    categories: tuple[str, ...]
    tags: tuple[str, ...]
    attachment_url: str  # an attachment's file; http(s) or ""
    comments: tuple[Comment, ...]  # parents before their replies, otherwise in the file's order
    broken_parents: int  # comments put at the top because their parent is missing or the replies go in a ring

    @property
    def left_out(self) -> bool:
        """Counted, never imported: files, menus, WordPress's own machinery, and the bin."""
        return self.kind in KINDS_LEFT_OUT or self.status in (EntryStatus.TRASH, EntryStatus.AUTO_DRAFT)

    @property
    def is_public(self) -> bool:
        """A published post or page that needed no password. Anything else that is imported is a draft."""
        published = self.status == EntryStatus.PUBLISH and not self.protected
        return published and self.kind in (EntryKind.POST, EntryKind.PAGE)


KINDS_LEFT_OUT = (EntryKind.ATTACHMENT, EntryKind.MENU_ITEM, EntryKind.MACHINERY)

Record = Site | Author | Entry | Refusal
