"""What an organisation has to say of itself before people are let in. Nothing refuses to start without it."""

from django.conf import settings
from django.utils.translation import gettext as _

from communis.people.organisation import organisation_name


def left_to_say() -> dict[str, str]:
    """``{setting: why}`` of what is still empty. The database has to be whole: it may hold the name."""
    wanted: dict[str, tuple[object, str]] = {
        "COMMUNIS_ORGANISATION": (organisation_name(), _("the name that stands on every page")),
        "COMMUNIS_CONTACT": (settings.CONTACT, _("whom to tell when something does not work")),
        "COMMUNIS_REGISTRAR": (settings.REGISTRAR, _("whom to ask for records")),
        "COMMUNIS_DATA_PROTECTION_OFFICER": (
            settings.DATA_PROTECTION_OFFICER,
            _("whom to ask about personal data"),
        ),
        "COMMUNIS_REPORTING_CHANNEL": (
            settings.REPORTING_CHANNEL,
            _("where reports of wrongdoing go"),
        ),
        "COMMUNIS_RECEIVES_REPORTS": (
            settings.RECEIVES_REPORTS,
            _("who is told when someone was cut down"),
        ),
        "COMMUNIS_ACCESSIBILITY_LEVEL": (
            settings.ACCESSIBILITY_LEVEL,
            _("how accessible you have found this place to be"),
        ),
        "COMMUNIS_ACCESSIBILITY_TESTED": (settings.ACCESSIBILITY_TESTED, _("which day you tested it")),
        "COMMUNIS_ACCESSIBILITY_TESTED_BY": (settings.ACCESSIBILITY_TESTED_BY, _("who tested it")),
        "COMMUNIS_ACCESSIBILITY_UPDATED": (
            settings.ACCESSIBILITY_UPDATED,
            _("which day the statement was last changed"),
        ),
        "COMMUNIS_PUBLISHED": (settings.PUBLISHED, _("which day this place was opened")),
    }
    if settings.ACCESSIBILITY_LEVEL in ("partly", "not"):
        wanted["COMMUNIS_ACCESSIBILITY_FAULTS"] = (
            settings.ACCESSIBILITY_FAULTS,
            _("what is not accessible, and why"),
        )
    return {setting: why for setting, (written, why) in wanted.items() if not written}
