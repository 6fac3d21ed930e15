"""What a digest says: at most forty lines, the most important first, each with its reason."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from communis.attention.notice_words import address, line, why, words
from communis.attention.notices import Told
from communis.channels.email.shape import Mail, Part, Recipient, mail
from communis.conversations.clusters import shorten

MOST_LINES = 40
_LONGEST_WORDS = 160


def digest_mail(found: list[Told], recipient: Recipient, *, too_many: bool, with_words: bool) -> Mail:
    """Of what one was told, the most important first; of more than ``MOST_LINES`` it says that there is more.

    ``too_many``: whether some of it would have come at once, but for the number of mails wanted in a day.
    """
    for_you = f"{settings.BASE_URL}{reverse('for-you')}"
    organisation = {"organisation": settings.ORGANISATION_NAME or "Communis"}
    parts = [Part(_("This is new for you in %(organisation)s.") % organisation)]
    if with_words:
        parts += [part for one in found[:MOST_LINES] for part in _line(one)]
    if too_many:
        parts.append(Part(_("More mails came than you want in a day, so some of it stands here.")))
    if not with_words:
        parts.append(Part(_("Read it on your page:"), for_you))
    elif len(found) > MOST_LINES:
        # No number: only so much was looked at.
        parts.append(Part(_("There is more, and it is less urgent. You find it all on your page:"), for_you))
    return mail(_("What is new for you"), parts, recipient, why=_("It is your digest."))


def _line(told: Told) -> list[Part]:
    """What happened and why one is told; the words it is about; and where it is."""
    said = shorten(words(told), _LONGEST_WORDS)
    head = Part(f"{line(told)}. {why(told.reason)}", "" if said else f"{settings.BASE_URL}{address(told)}")
    return [head, Part(said, f"{settings.BASE_URL}{address(told)}", quoted=True)] if said else [head]
