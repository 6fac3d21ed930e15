"""The rung sign: a door that stands more open by each rung. One drawing, used everywhere the same."""

from django.utils.safestring import SafeString, mark_safe

from communis.openness.rungs import Rung

# A frame, and a leaf that swings: closed, ajar, half, wide; for the public there is no wall at all.
_LEAVES = {
    0: '<path d="M4 1.5h8v13H4z"/><path d="M9.6 8h.01"/>',
    Rung.DIRECT: '<path d="M4 14.5v-13h8v13M4 1.5l6 1.8v11.4L4 14.5"/><path d="M8.4 8.6h.01"/>',
    Rung.CIRCLE: '<path d="M4 14.5v-13h8v13M4 1.5l3.6 2.4v11.6L4 14.5"/>',
    Rung.ORGANISATION: '<path d="M4 14.5v-13h8v13M4 1.5 1.5 3.4v11.8L4 14.5"/>',
    Rung.PUBLIC: '<path d="M1 14.5h14M8 3.2v.01M4.4 5.2 8 11.8l3.6-6.6"/>',
}


def rung_sign(rung: int) -> SafeString:
    """The sign as inline SVG, hidden from screen readers: a word always stands beside it."""
    return mark_safe(  # noqa: S308  constants only
        '<svg class="rung-sign" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false">'
        f"{_LEAVES[rung]}</svg>"
    )
