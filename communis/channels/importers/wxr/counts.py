"""How much of what stands in an export: the ``read`` part of an import's report."""

from dataclasses import asdict, dataclass

from communis.channels.importers.wxr.records import (
    Author,
    Comment,
    CommentKind,
    CommentStatus,
    Entry,
    EntryKind,
    EntryStatus,
    Record,
)


@dataclass
class Counts:
    """The first six and the two kinds of ``others`` are what an import brings in, public or held.

    ``drafts`` and ``unapproved`` tell how many of those are held back from the public. Everything below them is
    left out and only counted, so that entries and comments add up to what the file holds.
    """

    posts: int = 0
    pages: int = 0
    comments: int = 0
    pingbacks: int = 0
    trackbacks: int = 0
    authors: int = 0
    other_entries: int = 0  # of types that a theme or plugin added; always drafts
    other_comments: int = 0  # of kinds that a plugin added; always held

    drafts: int = 0  # of posts, pages and other entries: not published, or behind a password
    unapproved: int = 0  # of all comments above

    attachments: int = 0
    menu_items: int = 0
    machinery: int = 0
    spam: int = 0
    bin: int = 0  # entries and comments
    comments_left_out: int = 0  # approved or waiting ones, on an entry that is left out

    def add(self, record: Record) -> None:
        """Counts one record; an entry with its comments. The site and refusals count nothing."""
        if isinstance(record, Author):
            self.authors += 1
        elif isinstance(record, Entry):
            self._add_entry(record)
            for comment in record.comments:
                self._add_comment(comment, record)

    def as_dict(self) -> dict[str, int]:
        """Every kind, zeros too, in the order above."""
        return asdict(self)

    def _add_entry(self, entry: Entry) -> None:
        if entry.kind == EntryKind.ATTACHMENT:
            self.attachments += 1
        elif entry.kind == EntryKind.MENU_ITEM:
            self.menu_items += 1
        elif entry.kind == EntryKind.MACHINERY:
            self.machinery += 1
        elif entry.status in (EntryStatus.TRASH, EntryStatus.AUTO_DRAFT):
            self.bin += 1
        else:
            self._add_imported(entry)

    def _add_imported(self, entry: Entry) -> None:
        if entry.kind == EntryKind.POST:
            self.posts += 1
        elif entry.kind == EntryKind.PAGE:
            self.pages += 1
        else:
            self.other_entries += 1
        if not entry.is_public:
            self.drafts += 1

    def _add_comment(self, comment: Comment, entry: Entry) -> None:
        if comment.status == CommentStatus.SPAM:
            self.spam += 1
        elif comment.status == CommentStatus.BIN:
            self.bin += 1
        elif entry.left_out:
            self.comments_left_out += 1
        else:
            self._add_said(comment)

    def _add_said(self, comment: Comment) -> None:
        if comment.kind == CommentKind.COMMENT:
            self.comments += 1
        elif comment.kind == CommentKind.PINGBACK:
            self.pingbacks += 1
        elif comment.kind == CommentKind.TRACKBACK:
            self.trackbacks += 1
        else:
            self.other_comments += 1
        if not comment.is_public:
            self.unapproved += 1
