"""When words behind the scenes appear: *today at noon*, *tomorrow at noon*."""

from django.utils.translation import gettext as _

from communis.behind_the_scenes.days import day_of_batch, local_day


def appears(day: int | None = None) -> str:
    """When words kept for that day appear; without a day, those that are kept now."""
    if (day if day is not None else day_of_batch()) > local_day():
        return _("tomorrow at noon")
    return _("today at noon")
