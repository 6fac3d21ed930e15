"""Reads a WordPress export (WXR 1.0 to 1.2), however big, in memory that does not grow with it.

Nothing may be half-imported, so look before reading::

    summary = inspect(path)      # raises Malformed with a line, or knows the whole file is readable
    for record in read(path):    # Site, Authors, Entries with their comments, Refusals in between
        ...
"""

from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.sax import SAXParseException
from xml.sax.handler import feature_external_ges, feature_namespaces

from defusedxml.common import DefusedXmlException, DTDForbidden
from defusedxml.expatreader import DefusedExpatParser
from django.utils.translation import gettext as _

from communis.channels.importers.reports import REFUSALS_KEPT
from communis.channels.importers.wxr import building
from communis.channels.importers.wxr.counts import Counts
from communis.channels.importers.wxr.elements import Elements, Fields
from communis.channels.importers.wxr.nesting import parents_first
from communis.channels.importers.wxr.records import Author, Comment, Malformed, Record, Refusal, Site
from communis.channels.importers.wxr.source import Source, web_page
from communis.channels.importers.wxr.values import Unusable

MARKUP_LIMIT = 1024 * 1024  # characters of one tag, attribute or XML comment: the parser holds these whole
AUTHORS_LIMIT = 100_000


@dataclass(frozen=True)
class Summary:
    """What a whole, readable export holds."""

    site: Site
    counts: Counts
    refused: tuple[Refusal, ...]  # the first thousand
    refused_total: int
    broken_parents: int  # comments that come to the top because what they answered is not there
    repaired: int  # characters left out or replaced: control characters, bytes that are no UTF-8


def inspect(path: Path, still_here: Callable[[], None] = lambda: None) -> Summary:
    """One complete pass; ``still_here`` is called now and then. Raises Malformed(line, why) if the file cannot be
    read to its end, OSError if not at all.
    """
    reading = Reading(path)
    counts = Counts()
    refused: list[Refusal] = []
    refused_total = broken_parents = 0
    site: Site | None = None
    for record in reading:
        still_here()
        counts.add(record)
        if isinstance(record, Refusal):
            refused_total += 1
            if len(refused) < REFUSALS_KEPT:
                refused.append(record)
        elif isinstance(record, Site):
            site = record
        elif not isinstance(record, Author):
            broken_parents += record.broken_parents
    assert site is not None  # a file without a header is Malformed
    return Summary(site, counts, tuple(refused), refused_total, broken_parents, reading.repaired)


def first_look(path: Path) -> None:
    """Reads only until the header is known. Raises Malformed for what is plainly no export."""
    next(iter(Reading(path)), None)


def read(path: Path) -> Iterator[Record]:
    """The records in the file's order: the Site first, each Author before the first entry to import that names it.

    A Refusal stands where the thing refused would have stood; a refused comment's before its entry. Raises
    Malformed on the way if the file cannot be read to its end, which ``inspect`` finds out beforehand.
    """
    return iter(Reading(path))


class Reading:
    """One pass through a file. ``repaired`` is known when it has ended."""

    def __init__(self, path: Path) -> None:
        self._source = Source(path)
        self._elements = Elements(self)
        self._parser = DefusedExpatParser(forbid_dtd=True)
        self._parser.setFeature(feature_namespaces, True)
        self._parser.setFeature(feature_external_ges, False)
        self._parser.setContentHandler(self._elements)
        self._elements.setDocumentLocator(self._parser)
        self._ready: deque[Record] = deque()
        self._authors: set[str] = set()
        self._waiting_authors: list[Author | Refusal] | None = []
        self._comments: dict[int, Comment] = {}
        self._comment_refusals: list[Refusal] = []

    @property
    def repaired(self) -> int:
        return self._source.repaired

    def __iter__(self) -> Iterator[Record]:
        since_progress, progress = 0, -1
        for piece in self._source.pieces():
            self._feed(piece)
            since_progress = since_progress + len(piece) if progress == self._elements.progress else 0
            progress = self._elements.progress
            if since_progress > MARKUP_LIMIT:
                raise Malformed(self._source.line, _("a tag or comment is longer than 1 MiB"))
            yield from self._take()
        self._close()
        yield from self._take()

    def _take(self) -> Iterator[Record]:
        while self._ready:
            yield self._ready.popleft()

    def _feed(self, piece: str) -> None:
        try:
            self._parser.feed(piece)
        except DTDForbidden as error:
            if str(error.name).lower() == "html":
                raise web_page(self._elements.line) from None
            raise Malformed(
                self._elements.line, _("it declares a document type, which no export does")
            ) from None
        except DefusedXmlException:
            raise Malformed(self._elements.line, _("it declares entities, which no export does")) from None
        except SAXParseException as error:
            raise Malformed(error.getLineNumber() or 1, self._plain(error.getMessage())) from None

    def _close(self) -> None:
        try:
            self._parser.close()
        except SAXParseException:
            where = _("something after the export") if self._elements.finished else self._elements.within
            why = _("the file ends in the middle of %(what)s") % {"what": where}
            raise Malformed(self._source.line, why) from None

    def _plain(self, message: str) -> str:
        """The parser's reason in words for people; its own words stay in brackets for those who search for them."""
        innermost = self._elements.innermost
        if message == "mismatched tag" and innermost:
            opened = {"name": innermost[0], "line": innermost[1]}
            return _("another tag is closed than <%(name)s>, which was opened on line %(line)d") % opened
        if message == "junk after document element":
            return _("something stands after the end of the export")
        if message == "unbound prefix":
            return _("a prefix before a colon is not declared at the top of the file")
        if message == "undefined entity":
            return _("an “&…;” stands here that XML does not know")
        return _("this is not well-formed XML (%(message)s)") % {"message": message}

    # What Elements tells.

    def header_read(self, header: Fields) -> None:
        self._ready.append(building.site(header))
        self._ready.extend(self._waiting_authors or [])
        self._waiting_authors = None

    def author_read(self, author: Fields) -> None:
        try:
            record = building.author(author)
        except Unusable as error:
            self._tell(Refusal(_("line %(line)d, author") % {"line": author.line}, str(error)))
            return
        self._meet(record)

    def comment_read(self, comment: Fields, entry: Fields) -> None:
        try:
            record = building.comment(comment)
            if record.wordpress_id in self._comments:
                raise Unusable(_("the entry has another comment with this number"))
        except Unusable as error:
            place = {
                "line": comment.line,
                "comment": comment.values.get("wp:comment_id", "")[:20] or "?",
                "entry": entry.values.get("wp:post_id", "")[:20] or "?",
            }
            where = _("line %(line)d, comment %(comment)s of entry %(entry)s") % place
            self._comment_refusals.append(Refusal(where, str(error)))
            return
        self._comments[record.wordpress_id] = record

    def entry_read(self, entry: Fields) -> None:
        comments, broken_parents = parents_first(list(self._comments.values()))
        refusals = self._comment_refusals
        self._comments, self._comment_refusals = {}, []
        try:
            record = building.entry(entry, comments, broken_parents)
        except Unusable as error:
            self._ready.append(self._refused_entry(entry, len(comments) + len(refusals), error))
            return
        if record.author_login and not record.left_out:
            self._meet(building.named_author(record.author_login))
        self._ready.extend(refusals)
        self._ready.append(record)

    def _refused_entry(self, entry: Fields, comments: int, error: Unusable) -> Refusal:
        place = {"line": entry.line, "entry": entry.values.get("wp:post_id", "")[:20] or "?"}
        why = str(error)
        if comments:
            why = _("%(why)s; its comments are refused with it (%(count)d)") % {"why": why, "count": comments}
        return Refusal(_("line %(line)d, entry %(entry)s") % place, why)

    def _meet(self, author: Author) -> None:
        if author.login in self._authors:
            return
        if len(self._authors) >= AUTHORS_LIMIT:
            raise Malformed(
                self._elements.line, _("there are more than %(limit)d authors") % {"limit": AUTHORS_LIMIT}
            )
        self._authors.add(author.login)
        self._tell(author)

    def _tell(self, record: Author | Refusal) -> None:
        """Authors stand in the header, which is known to be whole first when it ends."""
        if self._waiting_authors is None:
            self._ready.append(record)
        else:
            self._waiting_authors.append(record)
