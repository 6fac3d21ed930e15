"""A short film for the README: a thought, whom it is for, by when an answer comes, the answer, and the opening.

Taken in the English demonstration, as its people would do it. What it shows is therefore what there is.
"""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import BrowserContext, Page

FILE = "letter.gif"
SIZE = (720, 560)
# How long each picture stands, in milliseconds.
STANDS = 2_600
COLOURS = 32
THOUGHT = "What if the handover note hung by the door, where we all pass?"


def record(elin: BrowserContext, karin: BrowserContext, opening: str, file: Path) -> int:
    """Make the film; returns its size in bytes. ``opening`` is the address of the opening Elin is asked about."""
    pictures = [_small(page) for page in _scenes(elin.new_page(), karin.new_page(), opening)]
    first, *others = pictures
    first.save(file, save_all=True, append_images=others, duration=STANDS, loop=0, optimize=True)
    return file.stat().st_size


def _scenes(elin: Page, karin: Page, opening: str) -> Iterator[Page]:
    for page in (elin, karin):
        page.set_viewport_size({"width": SIZE[0], "height": SIZE[1]})
    elin.goto("/")
    elin.locator("#thought").fill(THOUGHT)
    yield elin
    elin.goto("/people?q=Karin")
    karins = elin.locator("main a[href^='/people/']").first.get_attribute("href") or ""
    elin.goto(f"/write?kind=idea&to={karins.rpartition('/')[2]}")
    elin.locator("#text").fill(THOUGHT)
    elin.locator("input[name=wants_answer]").check()
    elin.locator(".sentence").scroll_into_view_if_needed()
    yield elin
    elin.locator("button.main[value=send]").click()
    elin.wait_for_url("**/asks?**")
    elin.locator("input[name=mandate]").first.check()
    yield elin
    elin.locator("main form button.main").click()
    elin.wait_for_url("**/conversations/**")
    conversation = elin.url
    elin.evaluate("scrollTo(0, 0)")
    yield elin
    karin.goto("/to-answer")
    yield karin
    karin.locator(".queue a").first.click()
    karin.locator("input[name=verdict]").nth(1).check()
    karin.locator("#words").fill("Yes, if the night shift wants it too.")
    karin.locator("#reason").fill("They are the ones who read it first.")
    karin.locator("#words").scroll_into_view_if_needed()
    yield karin
    karin.locator("#give button.main").click()
    karin.wait_for_url("**/to-answer")
    elin.goto(conversation.partition("#")[0].partition("?")[0])
    yield elin
    elin.goto(opening)
    yield elin


def _small(page: Page) -> Image.Image:
    page.evaluate("document.fonts.ready")
    taken = Image.open(BytesIO(page.screenshot())).convert("RGB")
    return taken.quantize(COLOURS, dither=Image.Dither.NONE)
