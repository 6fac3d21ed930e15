"""Receipts made in the browser, and the picture that a camera reads: by a real decoder, from screen and from paper."""

import io
import re
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Browser, Page

from communis.openness.receipt_codes import new_code, parse, written
from communis.web.receipt_picture import receipt_picture

pytestmark = pytest.mark.browser

STATIC = Path(__file__).parents[2] / "communis" / "web" / "static"


@pytest.fixture
def blank(browser: Browser) -> Page:
    page = browser.new_page()
    page.add_script_tag(path=STATIC / "js" / "receipt-code.js")
    return page


def test_the_browser_makes_the_codes_that_are_read_here(blank: Page) -> None:
    made = blank.evaluate("Array.from({length: 200}, () => newReceiptCode())")
    assert len(set(made)) == 200
    for code in made:
        assert written(parse(code)) == code
    assert {len(code) for code in made} == {len(new_code())}


def test_the_browser_takes_all_the_bits_of_its_secure_source(blank: Page) -> None:
    """130 bits from crypto.getRandomValues and from nothing else."""
    asked = blank.evaluate(
        """() => {
            const asked = [];
            crypto.getRandomValues = (array) => {
                asked.push(array.length);
                return array.map((_, place) => place + 96);
            };
            return [newReceiptCode(), newReceiptCode(), asked];
        }"""
    )
    signs = "0123456789ABCDEFGHJKMNPQRS"
    assert [asked[0].replace("-", "")[:26], asked[1], asked[2]] == [signs, asked[0], [26, 26]]
    assert parse(asked[0])


@pytest.mark.parametrize("dark", [False, True])
def test_a_camera_reads_the_picture_on_the_screen(browser: Browser, dark: bool) -> None:
    code = new_code()
    page = receipt_page(browser, code, dark)
    assert read(page.locator(".receipt-picture").screenshot()) == code


def test_a_camera_reads_the_picture_on_paper(browser: Browser) -> None:
    """As printed: the style of paper, at the size of paper, as pixels of a poor printer (96 a inch)."""
    code = new_code()
    page = receipt_page(browser, code, dark=False)
    page.emulate_media(media="print")
    picture = page.locator(".receipt-picture")
    box = picture.bounding_box()
    assert box is not None and 180 < box["width"] < 200
    assert read(picture.screenshot()) == code
    # Photographed askew, in poor light.
    photograph = Image.open(io.BytesIO(page.screenshot())).convert("L")
    askew = photograph.rotate(7, fillcolor=255, expand=True, resample=Image.Resampling.BICUBIC).point(
        lambda grey: 40 + grey // 2
    )
    assert zxingcpp.read_barcode(askew).text == code


def receipt_page(browser: Browser, code: str, dark: bool) -> Page:
    """The picture alone, under the product's own styles."""
    page = browser.new_page(color_scheme="dark" if dark else "light")
    page.set_content(f'<main><section class="receipt">{receipt_picture(code)}</section></main>')
    for name in ("tokens", "base", "receipt", "print"):
        style = (STATIC / "css" / f"{name}.css").read_text(encoding="utf-8")
        page.add_style_tag(content=f"@media print {{ {style} }}" if name == "print" else style)
    return page


def read(picture: bytes) -> str:
    """What a decoder reads; empty when nothing."""
    found = zxingcpp.read_barcode(Image.open(io.BytesIO(picture)).convert("L"))
    text = found.text if found is not None else ""
    assert not text or re.fullmatch(r"[0-9A-Z-]+", text)
    return text
