"""Words that suggest a report of wrongdoing, which has a channel and a protection of its own (D27, D31)."""

import re
from collections.abc import Collection, Iterator

from communis.widening.findings import Kind

_WORDS = {
    "sv": r"""
    mut(?:a|or|an|ad|ade|ades|brott\w*)|bestick(?:a|er|ning\w*)|korrupt\w*|korruption\w*|förskingr\w*|bedrägeri\w*
    |förfalsk\w*|missförhållande\w*|visselblås\w*|repressali\w*|svarta\spengar|svartjobb\w*|jävig\w*
    |ändra\w*\s(?:\w+\s){0,2}(?:datum\w*|journal\w*|protokoll\w*|tider\w*)|påhittade\stimmar
    |(?:faktura\w*|timmar\w*|kvitto\w*)\s(?:\w+\s){0,3}påhitta\w*|mörka(?:r|t|de|s)|mörklägg\w*
    |(?:bjud\w+|bjöd\w*)\s(?:\w+\s){0,3}på\s(?:resor|resa|resan|middagar)
    |säger\sifrån\s(?:\w+\s){0,2}hota\w*|hota(?:d|s|ts|de|des)\smed\s(?:omplacering\w*|uppsägning\w*|sparken)
    |sin\segen\s(?:bror|syster|fru|man|son|dotter|kusin|svåger)|trakasser\w*|mobba(?:s|d|de|r|ts|t)|mobbning\w*
    |kränkande\ssärbehandling|stulit|stals
    """,
    "en": r"""
    bribe\w*|bribing|corrupt\w*|embezzl\w*|fraud\w*|forge(?:d|s|ry)|wrongdoing|whistle-?blow\w*|retaliat\w*|kickbacks?
    |nepotism|(?:change|alter|backdate)\w*\s(?:\w+\s){0,2}(?:dates?|records?|minutes)
    |(?:invoices?|hours|receipts?)\s(?:\w+\s){0,4}made\sup|threatened\swith|harass\w*|bull(?:y|ied|ying)
    |stole|stolen|(?:his|her)\sown\s(?:brother|sister|wife|husband|son|daughter|cousin)
    """,
}
_FOUND = {
    language: re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.VERBOSE | re.IGNORECASE)
    for language, words in _WORDS.items()
}


def wrongdoing(text: str, languages: Collection[str]) -> Iterator[tuple[int, int, Kind]]:
    """The first such place in a readable text: the way is shown once."""
    found = [match for language in languages if (match := _FOUND[language].search(text))]
    if found:
        yield *min(match.span() for match in found), Kind.WRONGDOING
