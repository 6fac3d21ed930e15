"""Numbers as people write them, in the reader's language: *12 500* in Swedish, *12,500* in English."""

from django.utils.formats import number_format


def grouped(number: int) -> str:
    """Digits in groups of three. Not for what a program reads: ids, addresses, values of fields."""
    return number_format(number, use_l10n=True, force_grouping=True)
