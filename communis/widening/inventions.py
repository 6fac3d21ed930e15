"""Words that suggest an invention: what is published can no longer be patented (D49)."""

import re
from collections.abc import Collection, Iterator

from communis.widening.findings import Kind

_WORDS = {
    "sv": r"""
    uppfinning(?:en|ar|arna)?|uppfunnit|uppfann|\w*patent(?:et|era\w*|ansök\w*|skydd\w*)?|\w*prototyp\w*|mönsterskydd\w*
    |(?:jag|vi|själv)\shar\s(?:\w+\s)?(?:byggt|konstruerat|utvecklat)|har\s(?:jag|vi)\s(?:byggt|konstruerat|utvecklat)
    |egen\skonstruktion|(?:ny|nytt)\s(?:teknisk|konstruktion|metod\sför\satt)\w*|teknisk\slösning
    |tagit\sfram\sen\s(?:helt\s)?ny
    """,
    "en": r"""
    inventions?|invented|\w*patent(?:s|ed|able)?|prototypes?|technical\ssolution
    |(?:i|we)(?:'ve|\shave)?\s(?:also\s)?(?:built|designed|constructed|developed)\s(?:a|an|my|our)
    |new\s(?:mechanism|device|way\sof\smaking)
    """,
}
_FOUND = {
    language: re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.VERBOSE | re.IGNORECASE)
    for language, words in _WORDS.items()
}


def inventions(text: str, languages: Collection[str]) -> Iterator[tuple[int, int, Kind]]:
    """The first such place in a readable text: the question is asked once."""
    found = [match for language in languages if (match := _FOUND[language].search(text))]
    if found:
        yield *min(match.span() for match in found), Kind.INVENTION
