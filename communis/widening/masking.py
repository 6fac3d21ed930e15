"""A text with other words in place of what the check found."""

from collections.abc import Iterable

from django.utils.translation import get_language, override

from communis.widening.findings import Finding


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
