"""The Atom feed of what is public: the newest openings, as anyone sees them who is not signed in."""

import re
from datetime import datetime

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from communis.conversations.gate import Seen
from communis.conversations.lines import LineSeen
from communis.conversations.markdown import first_line
from communis.conversations.openings import newest_openings
from communis.journal.moments import as_datetime
from communis.looking.viewers import PUBLIC_VIEWER
from communis.openness.bylines import Byline, outside_name_shown
from communis.openness.pseudonyms import pseudonym_name

MOST = 30
# What the stored words hold where a picture of their own stands.
_OWN_PICTURE = re.compile(r'<img data-file="(\d+)"')


class SteadyAtom(Atom1Feed):
    """Its bytes follow from its entries alone. Django dates an empty feed by the moment it is fetched."""

    def latest_post_date(self) -> datetime:
        return max((item["updateddate"] for item in self.items), default=as_datetime(0))


class PublicFeed(Feed):  # type: ignore[type-arg]  # takes no arguments when it runs
    """Who fetches it makes no difference: the viewer is always the public."""

    feed_type = SteadyAtom
    # A reader has no language of its own here: the feed speaks the organisation's.
    language = settings.LANGUAGE_CODE

    def title(self) -> str:
        return settings.ORGANISATION_NAME or "Communis"

    def subtitle(self) -> str:
        return _("What is open to anyone")

    def link(self) -> str:
        return f"{settings.BASE_URL}{reverse('front')}"

    def feed_url(self) -> str:
        return f"{settings.BASE_URL}{reverse('feed')}"

    def feed_guid(self) -> str:
        return self.feed_url()

    def items(self) -> list[LineSeen]:
        return newest_openings(PUBLIC_VIEWER, MOST)

    def item_title(self, item: LineSeen) -> str:
        return first_line(item.share.html) or _("A picture")

    def item_description(self, item: LineSeen) -> str:
        # Its own pictures stand by their addresses, which whoever reads the feed has to have whole.
        below = f"{settings.BASE_URL}{reverse('line', args=[item.share.line])}/files"
        return _OWN_PICTURE.sub(rf'<img src="{below}/\1"', item.share.html)

    def item_link(self, item: LineSeen) -> str:
        return f"{settings.BASE_URL}{reverse('conversation', args=[item.conversation_public_id])}"

    def item_guid(self, item: LineSeen) -> str:
        return f"{settings.BASE_URL}{reverse('line', args=[item.share.line])}"

    def item_author_name(self, item: LineSeen) -> str:
        return _author(item.share)

    def item_pubdate(self, item: LineSeen) -> datetime:
        return as_datetime(item.share.opened_at)

    def item_updateddate(self, item: LineSeen) -> datetime:
        return as_datetime(max(item.share.opened_at, item.share.written_at))


def _author(seen: Seen) -> str:
    """The byline shown; Atom wants a name for every entry."""
    if seen.byline == Byline.Kind.HIDDEN:
        return _("Hidden by %(name)s") % {"name": seen.person_name}
    if seen.person_name is not None:
        return f"{seen.person_name}, {seen.role}" if seen.role else seen.person_name
    if seen.alias is not None:
        return pseudonym_name(seen.alias)
    if seen.outside_name is not None:
        return outside_name_shown(seen.outside_name)
    return _("Unnamed")
