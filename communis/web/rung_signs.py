"""The rung sign: a door that stands more open by each rung. One drawing, used everywhere the same.

The leaf is filled, so that less black is more open: it tells in grey, in print and at 12 pixels.
"""

from django.utils.safestring import SafeString, mark_safe

from communis.openness.rungs import Rung

DRAFT = 0
# The ground and the frame of the door; for the public there is no wall, only the ground and the open sky.
_GROUND = '<path d="M1 14.3h14"/>'
_FRAME = '<path d="M5 14.3V1.7h8v12.6M1 14.3h14"/>'
_DRAWINGS = {
    DRAFT: _GROUND + '<path class="leaf" d="M5 1.7h8v12.6H5zM11 7.1a.9.9 0 0 0 0 1.8.9.9 0 0 0 0-1.8z"/>',
    Rung.DIRECT: _FRAME + '<path class="leaf" d="M5 1.7l4.8 1.6v9.4L5 14.3z"/>',
    Rung.CIRCLE: _FRAME + '<path class="leaf" d="M5 1.7l2.6 2v8.6L5 14.3z"/>',
    Rung.ORGANISATION: _FRAME + '<path class="leaf" d="M5 1.7L1.8 3.7v11.9L5 14.3z"/>',
    Rung.PUBLIC: _GROUND + '<circle cx="8" cy="6.6" r="4.4"/>',
}


def drawing(rung: int) -> str:
    """What stands inside the SVG, in a box of 16 by 16; icons are made from it as well (bin/icons)."""
    return _DRAWINGS[rung]


def rung_sign(rung: int) -> SafeString:
    """The sign as inline SVG, hidden from screen readers: a word always stands beside it."""
    return mark_safe(  # noqa: S308  constants only
        f'<svg class="rung-sign" viewBox="0 0 16 16" aria-hidden="true">{_DRAWINGS[rung]}</svg>'
    )
