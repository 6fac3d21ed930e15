"""Brings a WordPress export in, a part at a time, so that a killed import goes on where it was.

Published posts and pages and their approved comments become public. Everything else becomes drafts of the
steward who imports; unapproved comments are held; spam and the bin are counted and left out (rulings).
"""

from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from communis.channels.importers.reports import KINDS, Report
from communis.channels.importers.wxr.bringing import Bringing
from communis.channels.importers.wxr.reading import Summary, inspect, read
from communis.channels.importers.wxr.records import Author, Entry, Malformed
from communis.people.models import Person

Progress = Callable[[int, int], None]


class ImportRefused(Exception):
    """Nothing was imported; the message says where it is wrong, and why."""

    def __init__(self, why: str, where: str = "") -> None:
        super().__init__(f"{where}: {why}" if where else why)
        self.where = where
        self.why = why

    def as_dict(self, name: str) -> dict[str, object]:
        """A report of nothing, with the one reason. ``name`` stands for the file where no line is to blame."""
        nothing = dict.fromkeys(KINDS, 0)
        refused = [{"where": self.where or name, "why": self.why}]
        return {"read": nothing, "added": nothing, "already_there": nothing, "refused": refused}


def import_wxr(path: Path, *, by: Person, dry_run: bool = False, progress: Progress | None = None) -> Report:
    """Bring the export in, or (dry run) say what would be. A second time adds nothing.

    ``progress`` is called with how many posts and pages are done and how many there are; while the file is looked
    over, and so nothing is brought in yet, with zeros. Raises ImportRefused when the file cannot be read to its
    end; nothing has been brought in then.
    """
    if not settings.PUBLIC_RUNG:
        raise ImportRefused(_("This organisation opens nothing to everyone, so a blog cannot be brought in."))
    tell = progress or (lambda done, total: None)
    summary = _looked_over(path, tell)
    source = (summary.site.address or summary.site.title)[:200]
    if not source:
        raise ImportRefused(_("it says neither the blog's address nor its title"), _place(1))
    report = Report(read=summary.counts.as_dict(), source=source, refused_total=summary.refused_total)
    report.refused = [{"where": refusal.where, "why": refusal.why} for refusal in summary.refused]
    total = summary.counts.posts + summary.counts.pages + summary.counts.other_entries
    done = 0
    bringing = Bringing(source, by, report, dry_run, still_here=lambda: tell(done, total))
    for item in read(path):
        if isinstance(item, Author):
            bringing.author(item)
        elif isinstance(item, Entry) and not item.left_out:
            bringing.entry(item)
            done += 1
            tell(done, total)
    return report


def _looked_over(path: Path, tell: Progress) -> Summary:
    try:
        return inspect(path, lambda: tell(0, 0))
    except Malformed as fault:
        raise ImportRefused(fault.why, _place(fault.line)) from fault


def _place(line: int) -> str:
    return _("line %(line)d") % {"line": line}
