"""The public part of *Already tried* for programs: an Atom feed of what changed last, and all of it as JSON."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.translation import gettext as _

from communis.answers.trials.browsing import public_trials
from communis.answers.trials.models import Trial
from communis.answers.verdicts import ReasonKind
from communis.channels.feeds.public import MOST, SteadyAtom
from communis.journal.moments import as_datetime

# Goes up when a field changes its meaning or goes; new fields may come without it.
VERSION = 1


class TrialsFeed(Feed):  # type: ignore[type-arg]  # takes no arguments when it runs
    """Who fetches it makes no difference: the viewer is always the public. It names nobody."""

    feed_type = SteadyAtom
    language = settings.LANGUAGE_CODE

    def title(self) -> str:
        return f"{_('Already tried')} – {settings.ORGANISATION_NAME or 'Communis'}"

    def link(self) -> str:
        return f"{settings.BASE_URL}{reverse('trials')}"

    def feed_url(self) -> str:
        return f"{settings.BASE_URL}{reverse('trials-feed')}"

    def feed_guid(self) -> str:
        return self.feed_url()

    def author_name(self) -> str:
        return settings.ORGANISATION_NAME or "Communis"

    def items(self) -> list[Trial]:
        return public_trials(MOST)

    def item_title(self, item: Trial) -> str:
        return item.what

    def item_description(self, item: Trial) -> str:
        said = [item.premise, item.result, item.reason, item.would_change]
        return format_html_join("", "<p>{}</p>", ((text,) for text in said if text))

    def item_link(self, item: Trial) -> str:
        return address_of(item)

    def item_guid(self, item: Trial) -> str:
        return address_of(item)

    def item_pubdate(self, item: Trial) -> datetime:
        return as_datetime(item.written_at)

    def item_updateddate(self, item: Trial) -> datetime:
        return as_datetime(item.changed_at)


def address_of(trial: Trial) -> str:
    """Its whole address."""
    return f"{settings.BASE_URL}{reverse('trial', args=[trial.public_id])}"


def as_plain_values() -> dict[str, Any]:
    """All that anyone can read, the last changed first (docs/already-tried.md)."""
    return {"version": VERSION, "trials": [_plain(one) for one in public_trials()]}


def _plain(trial: Trial) -> dict[str, Any]:
    return {
        "address": address_of(trial),
        "what": trial.what,
        "where": trial.place,
        "when": trial.period,
        "year": trial.year,
        "declined": trial.declined,
        "theme": trial.theme,
        "premise": trial.premise,
        "result": trial.result,
        "cost": trial.cost,
        "reason": trial.reason,
        "reason_kind": ReasonKind(trial.reason_kind).name.lower(),
        "would_change": trial.would_change,
        "review_on": trial.review_on.isoformat() if trial.review_on else None,
    }
