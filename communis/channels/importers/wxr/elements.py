"""Follows the elements of an export and hands each finished entry, comment and author on as plain fields.

Everything that could make a file eat memory is bounded here, because importers are T24 in the trust design.
"""

import re
from dataclasses import dataclass, field
from io import StringIO
from sys import getsizeof
from typing import Protocol
from xml.sax.handler import ContentHandler
from xml.sax.xmlreader import AttributesNSImpl, Locator

from django.utils.translation import gettext as _

from communis.channels.importers.wxr.records import Malformed
from communis.channels.importers.wxr.source import web_page

VALUE_LIMIT = 20 * 1024 * 1024  # characters of one value
ENTRY_LIMIT = 96 * 1024 * 1024  # bytes of memory for one entry with all its comments
COMMENT_WEIGHS = 300  # bytes one comment costs beside its values, so that a million empty ones count as well
DEPTH_LIMIT = 32  # a real export is 5 deep
NAMES_LIMIT = (
    100_000  # characters of all different element and attribute names: the parser keeps each for ever
)

# Each version of the format has its own namespace, some with https or without the last stroke.
NAMESPACES = (
    (re.compile(r"https?://(www\.)?wordpress\.org/export/\d+\.\d+/?\Z"), "wp:"),
    (re.compile(r"https?://(www\.)?wordpress\.org/export/\d+\.\d+/excerpt/?\Z"), "excerpt:"),
    (re.compile(r"https?://purl\.org/rss/1\.0/modules/content/?\Z"), "content:"),
    (re.compile(r"https?://purl\.org/dc/elements/1\.1/?\Z"), "dc:"),
)

HEADER = {"title", "link", "description", "language", "wp:wxr_version", "wp:base_blog_url"}
AUTHOR = {"wp:author_id", "wp:author_login", "wp:author_display_name"}
ENTRY = {
    "title",
    "link",
    "pubDate",
    "dc:creator",
    "wp:author",
    "guid",
    "content:encoded",
    "excerpt:encoded",
    "wp:post_id",
    "wp:post_date",
    "wp:post_date_gmt",
    "wp:status",
    "wp:post_parent",
    "wp:post_type",
    "wp:post_password",
    "wp:is_sticky",
    "wp:attachment_url",
}
# No address of any kind stands here: what is not named is never read.
COMMENT = {
    "wp:comment_id",
    "wp:comment_author",
    "wp:comment_author_url",
    "wp:comment_date",
    "wp:comment_date_gmt",
    "wp:comment_content",
    "wp:comment_approved",
    "wp:comment_type",
    "wp:comment_parent",
    "wp:comment_user_id",
}
TERM_DOMAINS = {"category": "category", "post_tag": "tag", "tag": "tag"}


@dataclass
class Fields:
    """The values of one entry, comment, author or of the header, by element name, blanks around them dropped."""

    line: int
    values: dict[str, str] = field(default_factory=dict)
    terms: list[tuple[str, str]] = field(default_factory=list)  # ("category" or "tag", name)
    broken: list[str] = field(default_factory=list)  # elements whose text held elements


class Receiver(Protocol):
    """Whom Elements tells, at the end of each part. A comment is told before its entry."""

    def header_read(self, header: Fields) -> None: ...

    def author_read(self, author: Fields) -> None: ...

    def comment_read(self, comment: Fields, entry: Fields) -> None: ...

    def entry_read(self, entry: Fields) -> None: ...


class Elements(ContentHandler):
    """Element events in, Fields out. ``progress`` grows with every event; ``within`` says where we are, in words."""

    def __init__(self, receiver: Receiver) -> None:
        super().__init__()
        self.receiver = receiver
        self.progress = 0
        self.finished = False
        self._place: Locator | None = None
        self._path: list[str] = []
        self._lines: list[int] = []
        self._names: set[tuple[str | None, str]] = set()
        self._names_size = 0
        self._prefixes: dict[str | None, str] = {None: ""}
        self._header: Fields | None = None
        self._header_told = False
        self._entry: Fields | None = None
        self._part: Fields | None = None  # the author or comment we are in
        self._entry_size = 0
        self._value: StringIO | None = None  # a list would cost more: each line break comes alone
        self._value_size = 0
        self._term = ""

    def setDocumentLocator(self, locator: Locator) -> None:
        self._place = locator

    @property
    def line(self) -> int:
        """The line of the event being told."""
        return (self._place.getLineNumber() if self._place else None) or 1

    @property
    def within(self) -> str:
        """What a file that ends here breaks off in."""
        if not self._path:
            return _("something that should be the export")
        if "wp:comment" in self._path[3:4]:
            return _("a comment")
        if "item" in self._path[2:3]:
            return _("an entry")
        if "wp:author" in self._path[2:3]:
            return _("an author")
        return _("the export, between its entries")

    @property
    def innermost(self) -> tuple[str, int] | None:
        """Name and line of the element opened last and not closed; for the reason."""
        return (self._path[-1], self._lines[-1]) if self._path else None

    def startPrefixMapping(self, prefix: str | None, uri: str) -> None:
        self._remember((uri, prefix or ""))

    def startElementNS(
        self, name: tuple[str | None, str], qname: str | None, attrs: AttributesNSImpl
    ) -> None:
        self.progress += 1
        self._remember(name)
        for attribute in attrs.getNames():
            self._remember(attribute)
        path, element = self._path, self._named(name)
        if len(path) >= DEPTH_LIMIT:
            raise Malformed(
                self.line, _("elements are nested more than %(depth)d deep") % {"depth": DEPTH_LIMIT}
            )
        if self._value is not None:
            self._note_broken(path[-1])
        self._value, self._value_size, self._term = None, 0, ""
        depth = len(path)
        path.append(element)
        self._lines.append(self.line)
        if depth == 0:
            self._root(element)
        elif depth == 1 and element == "channel" and self._header is None:
            self._header = Fields(self.line)
        elif self._header is not None and path[1] == "channel":
            self._inside_channel(depth, element, attrs)

    def _root(self, element: str) -> None:
        if element.lower() == "html":
            raise web_page(self.line)
        if element != "rss":
            reason = _("this is not a WordPress export; it begins with <%(name)s> instead of <rss>")
            raise Malformed(self.line, reason % {"name": element[:40]})

    def _inside_channel(self, depth: int, element: str, attrs: AttributesNSImpl) -> None:
        if depth == 2 and element == "item":
            self._tell_header()
            self._entry, self._entry_size = Fields(self.line), 0
        elif depth == 2 and element == "wp:author":
            self._part = Fields(self.line)
        elif depth == 2:
            self._begin_value(element, HEADER)
        elif depth == 3 and self._entry is not None and element == "wp:comment":
            self._part = Fields(self.line)
            self._weigh(COMMENT_WEIGHS)
        elif depth == 3 and self._entry is not None:
            self._begin_value(element, ENTRY)
            if element == "category":
                self._begin_term(attrs)
        elif depth == 3 and self._part is not None:
            self._begin_value(element, AUTHOR)
        elif depth == 4 and self._part is not None:
            self._begin_value(element, COMMENT)

    def _begin_value(self, element: str, kept: set[str]) -> None:
        self._value = StringIO() if element in kept else None

    def _begin_term(self, attrs: AttributesNSImpl) -> None:
        # Version 1.0 also writes each category a second time without a domain.
        self._term = TERM_DOMAINS.get(attrs.get((None, "domain"), ""), "")
        self._value = StringIO() if self._term else None

    def characters(self, content: str) -> None:
        self.progress += 1
        self._value_size += len(content)
        if self._value_size > VALUE_LIMIT:
            limit = VALUE_LIMIT // (1024 * 1024)
            raise Malformed(self.line, _("one value is longer than %(limit)d MiB") % {"limit": limit})
        if self._value is not None:
            self._value.write(content)

    def endElementNS(self, name: tuple[str | None, str], qname: str | None) -> None:
        self.progress += 1
        element, depth = self._path.pop(), len(self._path)
        self._lines.pop()
        if self._value is not None:
            self._keep(element, self._value.getvalue().strip())
        self._value, self._value_size = None, 0
        if depth == 3 and element == "wp:comment" and self._entry is not None and self._part is not None:
            self.receiver.comment_read(self._part, self._entry)
            self._part = None
        elif depth == 2 and element == "item" and self._entry is not None:
            self.receiver.entry_read(self._entry)
            self._entry = None
        elif depth == 2 and element == "wp:author" and self._part is not None:
            self.receiver.author_read(self._part)
            self._part = None
        elif depth == 1 and element == "channel":
            self._tell_header()
        elif depth == 0:
            if self._header is None:
                raise Malformed(
                    self.line, _("there is no <channel> in it, so this is not a WordPress export")
                )
            self.finished = True

    def _keep(self, element: str, text: str) -> None:
        fields = self._part or self._entry or self._header
        if fields is None:
            return
        self._weigh(getsizeof(text))
        if self._term and text:
            fields.terms.append((self._term, text))
        elif not self._term:
            fields.values[element] = text
        if element == "wp:wxr_version":
            check_version(text, self.line)

    def _note_broken(self, element: str) -> None:
        fields = self._part or self._entry or self._header
        if fields is not None and len(fields.broken) < 10:
            fields.broken.append(element)

    def _tell_header(self) -> None:
        """The version has to stand before the first entry, as WordPress itself demands."""
        if self._header is None or self._header_told:
            return
        if "wp:wxr_version" not in self._header.values:
            raise Malformed(
                self.line, _("there is no wp:wxr_version before this, so this is not a WordPress export")
            )
        self._header_told = True
        self.receiver.header_read(self._header)

    def _named(self, name: tuple[str | None, str]) -> str:
        """Always "wp:post_id", whatever prefix and version the file uses; "?" before names from other places."""
        uri, local = name
        prefix = self._prefixes.get(uri)
        if prefix is None:
            prefix = next((known for pattern, known in NAMESPACES if pattern.match(uri or "")), "?")
            self._prefixes[uri] = prefix
        return prefix + local

    def _remember(self, name: tuple[str | None, str]) -> None:
        if name in self._names:
            return
        self._names.add(name)
        self._names_size += len(name[0] or "") + len(name[1])
        if self._names_size > NAMES_LIMIT:
            raise Malformed(self.line, _("there are too many different element names for an export"))

    def _weigh(self, size: int) -> None:
        if self._entry is None:
            return
        self._entry_size += size
        if self._entry_size > ENTRY_LIMIT:
            limit = ENTRY_LIMIT // (1024 * 1024)
            reason = _("one entry with its comments is longer than %(limit)d MiB") % {"limit": limit}
            raise Malformed(self.line, reason)


def check_version(text: str, line: int) -> None:
    """1.0 to 1.2 exist; a later 1.x would add elements, not change these."""
    if not re.fullmatch(r"1\.\d{1,3}", text):
        reason = _("wp:wxr_version is “%(value)s”; versions 1.0 to 1.2 can be read")
        raise Malformed(line, reason % {"value": text[:40]})
