"""Days one can hold somebody to: a date, a weekday, a week, a month, a year, "within two weeks".

A season is none, nor is what has been. "Thank you for your mail of 3 March" promises nothing.
"""

import re

from communis.answers.tone.phrases import BEGINS, expression

_NUMBER = (
    r"(?:\d{1,3}|en|ett|två|tre|fyra|fem|sex|sju|åtta|tio|one|two|three|four|five|six|seven|eight|ten|a)"
)
_SWEDISH = expression(
    rf"""
    den \d{{1,2}}(:?[ea])?|den (första|sista)|\d{{1,2}}/\d{{1,2}}|\d{{4}}-\d\d-\d\d
    \d{{1,2}} (jan|feb|mar|apr|aug|sept?|okt|nov|dec)*
    (19|20)\d\d
    (vecka|veckorna|v|v\.)\s?\d{{1,2}}
    (januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december)
    (mån|tis|ons|tors|fre|lör|sön)dag*
    i\s?dag|i\s?morgon|i\s?övermorgon|i\s?kväll|i eftermiddag|nu direkt|omgående
    (nästa|denna|den här|kommande) (dag|vecka*|månad*|måndag|år|kvartal|termin)
    (inom|om|senast om) {_NUMBER} (tim*|dag*|arbetsdag*|veck*|månad*)
    (varje|samma|dag*) (dag|vecka|månad|år|kvartal|termin|kväll|morgon)|dygnet runt|dagligen|dagen (efter|därpå)
    (före|efter|till|i|under|innan|senast) (jul|julen|påsk|påsken|midsommar|nyår|sportlovet|höstlovet|påsklovet
        |jullovet|semestern)
    """
)
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_ENGLISH = expression(
    rf"""
    (?-i:{_MONTHS})|\d{{1,2}}(st|nd|rd|th)|the \d{{1,2}}
    (mon|tues|wednes|thurs|fri|satur|sun)days?
    (week|weeks) (of |no )?\d{{1,2}}|week commencing
    today|tonight|tomorrow|this (morning|afternoon|evening|week|weekend|month)
    (next|every|each) (day|week|weekend|month|year|quarter|term|morning)|round the clock|daily
    the (next|same) day|the day after
    (within|in) {_NUMBER} (hours?|days?|weeks?|months?|working days)
    (by|before|after|at|over) (noon|easter|christmas|new year|midsummer|the weekend|half-term)
    (by|before|at|until) (the )?end of (the|this|next) (day|week|month|year|term)
    """
)
_DAY = re.compile(rf"{BEGINS}(?:{_SWEDISH}|{_ENGLISH})(?!\w)", re.IGNORECASE)
# What stands between these and the next comma is about what was sent.
_THANKS = re.compile(
    r"(?<!\w)(?:tack\s+för|thanks\s+for|thank\s+you\s+for)(?!\w)[^,;:]{0,80}$", re.IGNORECASE
)
_THEN = re.compile(r"\W*(?:då|därefter|dagen efter|then|after that|by then)(?!\w)", re.IGNORECASE)


def names_a_day(sentence: str) -> bool:
    """Whether a day to come is named."""
    return any(not _THANKS.search(sentence[: match.start()]) for match in _DAY.finditer(sentence))


def refers_to_a_day_before(sentence: str) -> bool:
    """Whether it goes on from what was said before it: "Then we look at it"."""
    return _THEN.match(sentence) is not None
