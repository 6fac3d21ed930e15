"""What every page knows."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from communis.people.organisation import organisation_name


def page(request: HttpRequest) -> dict[str, Any]:
    """The organisation's name, and whether this is the demonstration or development."""
    return {
        "organisation": organisation_name() or "Communis",
        "demonstration": settings.DEMONSTRATION,
        "development": settings.DEVELOPMENT,
    }
