"""Promises without who or when: "we will look into it".

A day near the words answers when, "I", a name or a role answers who. What is then still open is what is asked.
"""

import re
from collections.abc import Iterator

from communis.answers.tone import promises_in_english, promises_in_swedish
from communis.answers.tone.actors import names_someone, says_by_whom
from communis.answers.tone.blurs import Kind
from communis.answers.tone.law import cites_law

_WORDS = {"sv": promises_in_swedish, "en": promises_in_english}
# Two such phrases so near each other, in characters, are one promise: "look at it … at some point".
NEAR = 24

# A condition or a reason is no promise: "Yes, if the roof will be mended", "No, because the road will be closed".
_CLAUSE = re.compile(r"[,;:–]|(?<!\w)(?:så(?! länge)|then)(?!\w)", re.IGNORECASE)
_CONDITION = re.compile(
    r"""(?:^|(?<!\w)(?:ja|nej|yes|no|only|bara|men|but)\s)\s{0,9}
    (?:om|ifall|förutsatt|under\sförutsättning|så\slänge|innan|därför\satt|eftersom|för
    |if|unless|provided|as\slong\sas|on\scondition|because|since)
    (?!\w)""",
    re.IGNORECASE | re.VERBOSE,
)


def promises(sentence: str, language: str, *, dated: bool) -> Iterator[tuple[int, int, Kind]]:
    """The loose promises of a sentence. ``dated``: a day stands near it."""
    words = _WORDS[language]
    named = names_someone(sentence, language)
    said = named or says_by_whom(sentence, language) or cites_law(sentence)
    tables = [(words.SOMEONE, Kind.NO_ONE_NAMED if dated else Kind.NO_ONE_AND_NO_DATE)]
    if not dated:
        tables.append((words.ACTIVE, Kind.NO_DATE if named else Kind.NO_ONE_AND_NO_DATE))
        if not said:
            tables.append((words.PASSIVE, Kind.PASSIVE_PROMISE))
        tables.append((words.WE_WILL, Kind.NO_DATE if named else Kind.NO_ONE_AND_NO_DATE))
        tables += [(words.STANDING, Kind.NO_ONE_AND_NO_DATE), (words.VAGUE_TIME, Kind.NO_DATE)]
    for phrases, kind in tables:
        for match in phrases.finditer(sentence):
            if not _CONDITION.search(_CLAUSE.split(sentence[: match.start()])[-1]):
                yield *match.span(), kind
