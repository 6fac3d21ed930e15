"""One import on its way: what becomes of each entry and comment of a WordPress export."""

from collections.abc import Callable
from datetime import datetime
from itertools import islice

from django.db import transaction
from django.utils.html import escape
from django.utils.translation import gettext as _

from communis.channels.importers.models import Held, Imported
from communis.channels.importers.reports import REFUSALS_KEPT, Report
from communis.channels.importers.wxr.places import EntryPlaces
from communis.channels.importers.wxr.records import Author, Comment, CommentKind, Entry, EntryKind
from communis.conversations.bringing_in import Brought, bring_in
from communis.conversations.drafting import keep_for_later
from communis.conversations.kinds import Kind
from communis.conversations.markdown import TextTooLong, from_html, plain
from communis.conversations.refusals import Refused
from communis.journal.ids import public_id
from communis.journal.moments import from_datetime, now
from communis.people.models import OutsideName, Person
from communis.people.outside_names import OutsideNames

# A blog's posts are long; what a person may write here is not the measure.
LONGEST = 2_000_000
KEPT_SOURCE = 200_000
LONGEST_TITLE = 500
# Others wait while one transaction writes, so a post with thousands of comments comes in several.
BATCH = 300

PLURALS = {
    EntryKind.POST: "posts",
    EntryKind.PAGE: "pages",
    EntryKind.OTHER: "other_entries",
    CommentKind.COMMENT: "comments",
    CommentKind.PINGBACK: "pingbacks",
    CommentKind.TRACKBACK: "trackbacks",
    CommentKind.OTHER: "other_comments",
}


class Bringing:
    """Who is known, and what came of each thing. ``still_here`` is called between the parts of a long entry."""

    def __init__(
        self, source: str, by: Person, report: Report, dry_run: bool, still_here: Callable[[], None]
    ) -> None:
        self.source = source
        self.by = by
        self.report = report
        self.dry_run = dry_run
        self.still_here = still_here
        self.names = OutsideNames(source)
        self.by_login: dict[str, str] = {}
        self.by_number: dict[int, str] = {}

    def author(self, author: Author) -> None:
        """Someone who wrote entries: a name from outside, which a person can claim later."""
        self.by_login[author.login] = author.display_name
        if author.wordpress_id is not None:
            self.by_number[author.wordpress_id] = author.display_name
        here = self.names.is_here(author.display_name)
        (self.report.already_there if here else self.report.added)["authors"] += 1
        if not here and not self.dry_run:
            self.names.named(author.display_name)

    def entry(self, entry: Entry) -> None:
        """A post or a page, then its comments. Words are cleaned before a transaction begins, not within one."""
        places = EntryPlaces(self.source, entry)
        if not self._bring_entry(entry, places):
            return
        comments = iter([comment for comment in entry.comments if not comment.left_out])
        while batch := list(islice(comments, BATCH)):
            self._bring_comments(batch, places)
            self.still_here()

    def _bring_entry(self, entry: Entry, places: EntryPlaces) -> bool:
        """False when the entry is refused, and its comments with it."""
        kind = PLURALS[entry.kind]
        if places.is_here(places.entry_key):
            self.report.already_there[kind] += 1
            return True
        try:
            if entry.is_public:
                self._bring([self._opening(entry, places.entry_key)], places)
            else:
                self._keep_as_draft(entry, places.entry_key)
                self.report.drafts[kind] += 1
        except (TextTooLong, Refused) as refusal:
            why = str(refusal)
            if entry.comments:
                count = {"why": why, "count": len(entry.comments)}
                why = _("%(why)s Its comments are left out with it (%(count)d).") % count
            self._refuse(
                _("line %(line)d, entry %(entry)d") % {"line": entry.line, "entry": entry.wordpress_id},
                why,
            )
            return False
        self.report.added[kind] += 1
        return True

    def _opening(self, entry: Entry, key: str) -> Brought:
        title = plain(self._html(entry.title[:LONGEST])).replace("\n", " ").strip()[:LONGEST_TITLE]
        body = self._html(entry.body or entry.excerpt, entry.link)
        html = f"<h3>{escape(title or _('Without a title'))}</h3>\n{body}"
        name = self.by_login.get(entry.author_login) or entry.author_login or self.source
        return Brought(
            key,
            None,
            Kind.POST,
            html,
            entry.body[:KEPT_SOURCE],
            self._named(name),
            _moment(entry.written_at),
        )

    def _keep_as_draft(self, entry: Entry, key: str) -> None:
        """Not published there, so not here: the steward who imports decides."""
        title = plain(self._html(entry.title[:LONGEST]))
        body = plain(self._html(entry.body or entry.excerpt, entry.link))
        text = f"{title}\n\n{body}".strip() or _("Without a title")
        with transaction.atomic():
            # Kept in a dry run too, and undone: only so is it known whether it would be refused.
            draft = keep_for_later(text, by=self.by)
            if self.dry_run:
                transaction.set_rollback(True)
            else:
                Imported.objects.create(source=self.source, kind="wxr", key=key, draft=draft)

    def _bring_comments(self, batch: list[Comment], places: EntryPlaces) -> None:
        things: list[Brought] = []
        held: list[tuple[Comment, str]] = []
        for comment in batch:
            key, kind = places.key(comment), PLURALS[comment.kind]
            if places.is_here(key):
                self.report.already_there[kind] += 1
                continue
            try:
                html = self._html(comment.body)
            except TextTooLong as refusal:
                where = {"line": comment.line, "comment": comment.wordpress_id, "entry": places.entry_number}
                self._refuse(_("line %(line)d, comment %(comment)d of entry %(entry)d") % where, str(refusal))
                continue
            self.report.added[kind] += 1
            if places.opens_to_all(comment):
                things.append(self._comment(comment, html, places))
                places.shows(key)
            else:
                held.append((comment, html))
                places.holds(key)
                self.report.held[kind] += 1
        if things:
            self._bring(things, places)
        if held and not self.dry_run:
            self._hold(held, places)

    def _comment(self, comment: Comment, html: str, places: EntryPlaces) -> Brought:
        mention = comment.kind in (CommentKind.PINGBACK, CommentKind.TRACKBACK)
        name, site = self._who(comment)
        return Brought(
            places.key(comment),
            places.shown_above(comment),
            Kind.MENTION if mention else Kind.COMMENT,
            html or "<p>…</p>",
            comment.body[:KEPT_SOURCE],
            self._named(name, site),
            _moment(comment.written_at),
        )

    def _bring(self, things: list[Brought], places: EntryPlaces) -> None:
        if self.dry_run:
            for thing in things:
                places.shows(thing.key)
            return
        with transaction.atomic():
            made = bring_in(things, by=self.by, here=places.contributions)
            Imported.objects.bulk_create(
                Imported(source=self.source, kind="wxr", key=key, contribution_id=number)
                for key, number in made.items()
            )
        places.contributions |= made

    def _hold(self, held: list[tuple[Comment, str]], places: EntryPlaces) -> None:
        """They wait for the steward on the import's page; nobody else sees them."""
        with transaction.atomic():
            rows = Imported.objects.bulk_create(
                Imported(source=self.source, kind="wxr", key=places.key(comment)) for comment, _html in held
            )
            Held.objects.bulk_create(
                self._waiting(row, comment, html, places)
                for row, (comment, html) in zip(rows, held, strict=True)
            )

    def _waiting(self, row: Imported, comment: Comment, html: str, places: EntryPlaces) -> Held:
        name, site = self._who(comment)
        return Held(
            public_id=public_id(),
            imported=row,
            by=self.by,
            below=places.above(comment),
            kind=comment.kind,
            name=name[:200],
            site=site if len(site) <= 500 else "",
            source=comment.body[:KEPT_SOURCE],
            html=html,
            said_at=_moment(comment.written_at),
        )

    def _who(self, comment: Comment) -> tuple[str, str]:
        """Name and address: of someone who was signed in there, the name the blog shows."""
        if comment.user_id is not None and comment.user_id in self.by_number:
            return self.by_number[comment.user_id], ""
        return comment.author_name.strip() or _("A visitor"), comment.author_url

    def _named(self, name: str, site: str = "") -> OutsideName:
        return OutsideName(name=name) if self.dry_run else self.names.named(name, site)

    def _html(self, body: str, base: str = "") -> str:
        return from_html(body, base=base or None, limit=LONGEST)

    def _refuse(self, where: str, why: str) -> None:
        if len(self.report.refused) < REFUSALS_KEPT:
            self.report.refused.append({"where": where, "why": why})
        self.report.refused_total += 1


def _moment(when: datetime | None) -> int:
    """When it was said, never later than now; now where the export does not say."""
    return now() if when is None else min(from_datetime(when), now())
