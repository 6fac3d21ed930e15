"""Tables of verbs made into patterns: what somebody will do, is doing, or does.

A row is ``infinitives : presents : what follows``, words with a space between; ``_`` joins the words of a phrase,
``-`` is nothing. Up to three words may stand between a verb and what follows, four between "will" and the verb.
"""

import re

from communis.answers.tone.phrases import BEGINS

_SPACE = r"\s{1,9}"
# What is promised, when it is only pointed at, belongs to the words that are shown.
_IT = rf"(?:{_SPACE}(?:det|detta|den|saken|frågan|it|this|that)(?!\w))?"


def promised(table: str, *, will: str, does: str, unless: str) -> re.Pattern[str]:
    """``will`` and ``does``: what stands before an infinitive and before a present, ``|`` between; ``does`` may be
    empty. ``unless``: words that make it no promise: "you", for then it is asked for, and "not"."""
    word = rf"(?!(?:{unless})(?!\w))[\w'-]{{1,40}},?{_SPACE}"
    found = []
    for line in table.strip().splitlines():
        infinitives, presents, follows = (_words(column) for column in line.split(" : "))
        after = rf"{_SPACE}(?:{word}){{0,3}}?(?:{follows})" if follows else ""
        if infinitives:
            found.append(rf"(?:{will}){_SPACE}(?:{word}){{0,4}}?(?:{infinitives}){after}")
        if presents:
            before = rf"(?:{does}){_SPACE}(?:{word}){{0,2}}?" if does else ""
            found.append(rf"{before}(?:{presents})(?!{_SPACE}(?:{unless})(?!\w)){after}")
    asking = "".join(rf"(?<!{you} )" for you in unless.split("|"))
    return re.compile(rf"{BEGINS}{asking}(?:{'|'.join(found)})(?!\w){_IT}", re.IGNORECASE)


def _words(column: str) -> str:
    words = [] if column.strip() == "-" else column.split()
    return "|".join(word.replace("_", _SPACE).replace("*", r"\w{0,40}") for word in words)
