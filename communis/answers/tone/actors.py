"""Who does it: "I", somebody by name, a role. "We" is nobody in particular, and "somebody" is nobody at all."""

import re

from communis.answers.tone.phrases import pattern

_MYSELF = {"sv": pattern("jag"), "en": pattern("I|I'm|I'll|I've")}
# A word with a capital that does not begin the sentence.
_NAME = re.compile(r"(?<=[\w,;:-]\s)(?!I\b)[A-ZÅÄÖÉ][\w'-]*")
_ROLE = pattern(
    r"""
    \w{1,40}(chef|chefen|juristen|ledaren|samordnaren|handläggaren|ingenjören|mästaren|sekreteraren|direktören
        |ombudet)
    (rektor|rektorn|ekonomen|arkitekten|entreprenören|leverantören|styrgruppen|projektgruppen|ledningsgruppen)
    \w{1,40}(nämnden|kontoret|enheten|avdelningen|förvaltningen)
    the (\w{1,40} )?(manager|lawyer|engineer|contractor|committee|head|director|officer|caretaker|supplier|union
        |board)
    """
)
_BY = {
    "sv": re.compile(r"(?<!\w)av\s{1,9}(?:[A-ZÅÄÖÉ]|(?:mig|vår|vårt|våra|\w{1,40}(?:en|et))(?!\w))"),
    "en": re.compile(r"(?<!\w)by\s{1,9}(?:[A-Z]|(?:me|our|the)(?!\w))"),
}


def names_someone(sentence: str, language: str) -> bool:
    """Whether the one who answers, a name or a role stands in the sentence."""
    return any(found.search(sentence) for found in (_MYSELF[language], _NAME, _ROLE))


def says_by_whom(sentence: str, language: str) -> bool:
    """Whether a passive says who does it: "by the contractor"."""
    return _BY[language].search(sentence) is not None
