"""Fetches the pictures of a blog that was brought in, when a steward chooses to: until then they are links.

Each address is asked once a run, one at a time; each post that gets a picture is a transaction of its own, so that a
run that is killed goes on where it was. What could not be fetched stays a link, and the next run tries it again.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from communis.channels.fetching.fetching import Fetcher, NotFetched
from communis.channels.importers.models import Imported
from communis.channels.importers.reports import REFUSALS_KEPT
from communis.channels.importers.wxr.importing import Progress
from communis.conversations.documents import MOST_BYTES
from communis.conversations.files import discard
from communis.conversations.pictures import FileRefused, Prepared, prepare
from communis.conversations.pictures_from_outside import (
    LinkedPicture,
    addresses_of,
    pictures_here,
    show_picture,
    still_links,
)
from communis.conversations.storing import keep
from communis.people.models import Person

# So often in a row may a host not answer, before the rest of what lies there is left for another time.
PATIENCE = 3


@dataclass
class PicturesReport:
    """What is still a link, and what a run made of it. ``lines``: where each refused one would have stood."""

    source: str = ""
    read: int = 0
    posts: int = 0
    hosts: Counter[str] = field(default_factory=Counter)
    already_there: int = 0
    added: int = 0
    refused: list[dict[str, str]] = field(default_factory=list)
    refused_total: int = 0

    def as_dict(self) -> dict[str, Any]:
        """As ``--json`` prints it and the page shows it; the same shape as that of other imports."""
        return {
            "read": {"pictures": self.read},
            "added": {"pictures": self.added},
            "already_there": {"pictures": self.already_there},
            "refused": self.refused,
            "refused_total": self.refused_total,
            "source": self.source,
            "posts": self.posts,
            "hosts": dict(self.hosts.most_common()),
        }


def together(reports: Sequence[PicturesReport]) -> PicturesReport:
    """One report of several blogs, which is of none in particular when they are more than one."""
    whole = PicturesReport(source=reports[0].source if len(reports) == 1 else "")
    for report in reports:
        whole.read += report.read
        whole.posts += report.posts
        whole.hosts += report.hosts
        whole.already_there += report.already_there
        whole.added += report.added
        whole.refused += report.refused
        whole.refused_total += report.refused_total
    return whole


def sources_here() -> list[str]:
    """The blogs that were brought in."""
    blogs = Imported.objects.filter(kind="wxr")
    return list(blogs.order_by("source").values_list("source", flat=True).distinct())


def look(source: str) -> PicturesReport:
    """How many pictures in how many posts are still links, and at which hosts. Asks nobody."""
    return _looked(source)[0]


def fetch_pictures(
    source: str, *, by: Person, fetcher: Fetcher | None = None, progress: Progress | None = None
) -> PicturesReport:
    """Fetch what is still a link. ``progress`` is called with how many pictures are done and how many there are."""
    report, pictures = _looked(source)
    return Run(report, by, fetcher or Fetcher()).over(pictures, progress or (lambda done, total: None))


def _looked(source: str) -> tuple[PicturesReport, list[LinkedPicture]]:
    posts = _posts(source)
    pictures = list(still_links(posts, _base(source)))
    report = PicturesReport(source=source, read=len(pictures), already_there=pictures_here(posts))
    report.posts = len({picture.contribution for picture in pictures})
    report.hosts = Counter(_host(picture.address) for picture in pictures)
    return report, pictures


def _posts(source: str) -> list[int]:
    """Posts and pages: what somebody put into a comment there is fetched for nobody."""
    rows = Imported.objects.filter(source=source, kind="wxr", key__startswith="entry:").exclude(
        contribution=None
    )
    return list(rows.order_by("contribution_id").values_list("contribution_id", flat=True))


def _base(source: str) -> str | None:
    return source if source.startswith(("http://", "https://")) else None


class Run:
    """One run over the pictures of a blog; ``silent`` counts how often in a row a host has not answered."""

    def __init__(self, report: PicturesReport, by: Person, fetcher: Fetcher) -> None:
        self.report = report
        self.by = by
        self.fetcher = fetcher
        self.silent: Counter[str] = Counter()

    def over(self, pictures: list[LinkedPicture], tell: Progress) -> PicturesReport:
        done = 0
        for address, wanted in _by_address(pictures):
            tell(done, len(pictures))
            self._one(address, wanted)
            done += len(wanted)
        tell(done, len(pictures))
        return self.report

    def _one(self, address: str, wanted: list[LinkedPicture]) -> None:
        try:
            prepared = self._prepared(address)
        except NotFetched as refusal:
            self._refuse(wanted, refusal.why)
            return
        for picture in wanted:
            attachment = keep(prepared, picture.words)
            if show_picture(picture, attachment, by=self.by, base=_base(self.report.source)):
                self.report.added += 1
            else:
                # Taken back meanwhile, or another run was quicker.
                discard([attachment.stored_as, attachment.small_stored_as])

    def _prepared(self, address: str) -> Prepared:
        host = _host(address)
        if self.silent[host] >= PATIENCE:
            raise NotFetched(_("Its server did not answer three times, so the rest there was not tried."))
        try:
            data = self.fetcher.fetch(address, most=MOST_BYTES, accept="image/*")
        except NotFetched as refusal:
            self.silent[host] = self.silent[host] + 1 if refusal.host_away else 0
            raise
        self.silent[host] = 0
        try:
            # By its contents: neither what the host nor what the address calls it is asked.
            return prepare(data, f"{_name(address)}.jpg")
        except FileRefused as refusal:
            why = _(
                "What came is no picture that can be kept: JPEG, PNG, GIF, WebP or AVIF, at most 40 million"
                " pixels."
            )
            raise NotFetched(why) from refusal

    def _refuse(self, wanted: list[LinkedPicture], why: str) -> None:
        lines = addresses_of([picture.contribution for picture in wanted])
        for picture in wanted:
            self.report.refused_total += 1
            if len(self.report.refused) < REFUSALS_KEPT:
                refusal = {"where": picture.address, "why": why, "line": lines.get(picture.contribution, "")}
                self.report.refused.append(refusal)


def _by_address(pictures: list[LinkedPicture]) -> Iterator[tuple[str, list[LinkedPicture]]]:
    wanted: dict[str, list[LinkedPicture]] = {}
    for picture in pictures:
        wanted.setdefault(picture.address, []).append(picture)
    yield from wanted.items()


def _host(address: str) -> str:
    try:
        return urlsplit(address).hostname or address
    except ValueError:
        return address


def _name(address: str) -> str:
    """What the file is called there, without its ending."""
    try:
        return urlsplit(address).path.rsplit("/", 1)[-1].rsplit(".", 1)[0]
    except ValueError:
        return ""
