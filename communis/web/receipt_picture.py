"""A receipt as a picture that a camera reads (QR), drawn here and never kept."""

import segno
from django.utils.safestring import SafeString, mark_safe

# The quiet zone and the size of a square, in the units of the picture. Print and screen scale it by style.
BORDER = 4


def receipt_picture(code: str) -> SafeString:
    """The code itself as a QR, as SVG to stand in a page; decoration for those who cannot see it.

    It holds the code and no address: a camera that opens addresses would send the receipt somewhere, or keep it
    in a history. It is always dark on light, as some cameras read nothing else.
    """
    drawn = segno.make_qr(code, error="m", boost_error=False)
    svg = drawn.svg_inline(
        border=BORDER, dark="#000", light="#fff", svgclass="receipt-picture", omitsize=True
    )
    # Letters, digits and hyphens became squares: nothing in the picture is the reader's or the writer's text.
    return mark_safe(svg.replace("<svg ", '<svg aria-hidden="true" focusable="false" ', 1))  # noqa: S308
