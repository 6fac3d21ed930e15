"""Words that suggest one client, patient or pupil: somebody in someone's care, and a fact of a case, in one sentence.

Neither alone says anything: "the pupils want a longer lunch" and "a course on autism" are how a municipality talks.
"""

import re
from collections.abc import Collection, Iterator

from communis.widening.findings import Kind
from communis.widening.sentences import sentences

# Further apart, in characters, they have little to do with each other.
FURTHEST = 90
_SOMEBODY = {
    "sv": r"""
    (?:brukare|klient|patient|elev|vårdtagare|omsorgstagare|kund|pojk|flick|mann|kvinn|barn|tjej|kill|gubb|tant)(?:en|n|et|an)s?
    |(?:en|ett|min|mitt|vår|vårt|denn?a|hos|är|ung)\s(?:\w+\s)?
      (?:brukare|klient|patient|elev|vårdtagare|omsorgstagare|kund|boende|pojke|flicka|kvinna|tonåring|barn|kille|tjej)
    |den\sboende(?:s)?|(?:hennes|hans)\s(?:son|dotter|barn|mamma|pappa)|(?:familjen|en\sfamilj)
    """,
    "en": r"""
    (?:a|an|the|my|our|this|one|that)\s(?:\w+\s)?(?:client|patient|pupil|resident|student|boy|girl|child|family)(?:'s)?
    |one\sof\s(?:my|our|the)\s(?:clients|patients|pupils|residents|students)
    |(?:her|his)\s(?:son|daughter)|the\s(?:wo)?man\s(?:on|in)
    """,
}
_CASE = {
    "sv": r"""
    demen[st]\w*|alzheimer\w*|autism\w*|asperger\w*|adhd\w*|\w*diagnos\w*|psykos(?:en|er)?|psykiatri\w*|hiv|cancer\w*|gravid(?:a|t)?
    |familjehem\w*|placera[dt]\w*|omhänderta\w*|omhändertog\w*|lv[um]|lpt|\w*missbruk\w*|h(?:o|a|e)n\sdricker|berusad\w*|narkotika\w*
    |drog(?:er|ar|problem\w*)|journal\w*|\w*orosanmäl\w*|ekonomiskt\sbistånd|försörjningsstöd\w*|skyddat\sboende
    |skydda(?:d|de)\s(?:identitet|uppgifter)|insulin\w*|\w*medicin(?:en|er|erna|ering\w*)?|ta\ssitt\sliv|självmord\w*
    |självskad\w*|skär\ssig|slår\s(?:honom|henne|sin|dem|mamman|pappan|personalen)|misshandl\w*|\w*övergrepp\w*|våldta\w*
    |genomförandeplan\w*|åtgärdsprogram\w*|avstäng\w*|stängdes\sav|kontaktperson|kurator\w*|liggsår\w*|utskriv\w*
    |asylsök\w*|gömmer\ssig|vårdnad(?:en|stvist\w*)|bup|låste\sin\ssig|fått\savslag|öppnat\sen\sutredning
    """,
    "en": r"""
    dementia|alzheimer\w*|autis\w+|adhd|diagnos\w+|psychosis|psychiatr\w+|hiv|cancer|pregnant|foster\s\w+
    |(?:in|into|taken\sinto)\scare|addict\w*|drugs?|drinks|drunk|journal|the\srecord|on\sbenefits|insulin|medication
    |suicid\w*|(?:hurts|harms|cuts)\s(?:herself|himself)|self-harm\w*|beaten|beats|abus(?:ed|es|e)|assault\w*
    |suspended|expelled|discharged|bed\ssores?|asylum\w*|custody|locked\s(?:her|him)self|sheltered\shousing
    |child\sprotection|care\splan
    """,
}


def _compiled(words: dict[str, str]) -> dict[str, re.Pattern[str]]:
    flags = re.VERBOSE | re.IGNORECASE
    return {language: re.compile(rf"(?<!\w)(?:{one})(?!\w)", flags) for language, one in words.items()}


_SOMEBODY_FOUND, _CASE_FOUND = _compiled(_SOMEBODY), _compiled(_CASE)


def sensitive_cases(text: str, languages: Collection[str]) -> Iterator[tuple[int, int, Kind]]:
    """The places in a readable text, from the one word to the other."""
    for start, end in sentences(text):
        for language in languages:
            somebody = _SOMEBODY_FOUND[language].search(text, start, end)
            case = somebody and _CASE_FOUND[language].search(text, start, end)
            if somebody and case and _apart(somebody, case) <= FURTHEST:
                yield min(somebody.start(), case.start()), max(somebody.end(), case.end()), Kind.CASE
                break


def _apart(one: re.Match[str], other: re.Match[str]) -> int:
    return max(one.start() - other.end(), other.start() - one.end())
