"""A text with other words in place of what the check found."""

from collections.abc import Iterable

from django.utils.translation import get_language, override

from communis.openness.rungs import Rung
from communis.widening.check import check
from communis.widening.findings import Finding, Kind
from communis.widening.known_names import KnownNames


def masked_wherever(
    source: str, words: str, kind: Kind, *, rung: Rung, names: KnownNames, language: str | None = None
) -> str:
    """The text as it was written, with these words masked at each place where the check finds them."""
    found = check(source, rung=rung, names=names)
    same = [one for one in found if one.kind == kind and source[one.start : one.end] == words]
    return masked(source, same, language=language)


def masked(text: str, findings: Iterable[Finding], *, language: str | None = None) -> str:
    """The text with the chosen findings masked, in the language of the text (else the active one).

    Findings without a mask, and those inside one already masked, are left as they are.
    """
    parts: list[str] = []
    ended = 0
    with override(language or get_language()):
        for finding in sorted(findings, key=lambda one: (one.start, -one.end)):
            if not finding.mask or finding.whole or finding.start < ended:
                continue
            parts += [text[ended : finding.start], _fitted(finding.mask, text, finding.start)]
            ended = finding.end
    return "".join(parts) + text[ended:]


def _fitted(mask: str, text: str, start: int) -> str:
    """With a capital where a sentence begins."""
    before = text[max(0, start - 20) : start].rstrip(" \t\"'”“»(*")
    return mask[:1].upper() + mask[1:] if not before or before[-1] in ".!?:\n" else mask
