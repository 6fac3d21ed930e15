"""Numbers as people write them, in the reader's language: *12 500* in Swedish, *12,500* in English."""

from django.utils.formats import number_format
from django.utils.translation import gettext as _


def in_words(number: int) -> str:
    """*Four*, for one to twelve; above that digits. As the first word of a line."""
    words = _("one two three four five six seven eight nine ten eleven twelve").split()
    if not 1 <= number <= len(words):
        return grouped(number)
    return words[number - 1].capitalize()


def grouped(number: int) -> str:
    """Digits in groups of three. Not for what a program reads: ids, addresses, values of fields."""
    return number_format(number, use_l10n=True, force_grouping=True)
