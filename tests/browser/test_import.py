"""A blog comes in through the browser, with and without scripts: looked over, brought in, read, decided on."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from communis.channels.fetching.fetching import Fetcher
from communis.channels.importers.models import Held
from communis.channels.importers.running import run_next
from tests.cast import Cast
from tests.channels.importers.wxr.conftest import FOOTER, HEADER, ITEM
from tests.channels.importers.wxr.test_correctness import comment
from tests.outside_server import outside, said
from tests.web.test_import_pictures import drawn

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Visit = Callable[..., Page]

BODY = "I våras fick jag ett brev i stället för en kommentar."
COMMENTS = (
    comment(1, 0, "1", "Bra. Då får ni tåla svaret.", "Rolf")
    + comment(2, 1, "1", "Det gör vi.", "Karin")
    + comment(3, 2, "0", "Får jag vara med?", "Okänd")
    + comment(4, 1, "spam", "Köp klockor.", "Robot")
)


@pytest.fixture(autouse=True)
def own_folder(settings: object, tmp_path: Path) -> None:
    settings.DATA = tmp_path / "data"
    settings.DATA.mkdir()


@pytest.mark.parametrize("scripts", [True, False])
def test_a_blog_comes_in(people: Cast, as_person: Visit, tmp_path: Path, scripts: bool) -> None:
    whole, cut = tmp_path / "bloggen.xml", tmp_path / "avbruten.xml"
    whole.write_text(HEADER + ITEM % (BODY, COMMENTS) + FOOTER, encoding="utf-8")
    cut.write_bytes(whole.read_bytes()[:-30])
    leyla = as_person(people.leyla, scripts=scripts)

    # No file; a web page; a file cut off: each is said, what was typed stays, and nothing comes in.
    leyla.goto("/imports")
    leyla.get_by_label("What to call it").fill("Storgatan")
    press(leyla, "See what would come in")
    expect(leyla.get_by_text("Choose the file that WordPress saved.")).to_be_visible()
    saved = tmp_path / "sparad.xml"
    saved.write_text("<!doctype html><html><body>Logga in</body></html>", encoding="utf-8")
    choose(leyla, saved)
    expect(leyla.locator("#file-fault")).to_contain_text(re.compile(r"^Line 1: this is a web page"))
    expect(leyla.get_by_label("What to call it")).to_have_value("Storgatan")
    choose(leyla, cut)
    worked(leyla, scripts)
    expect(leyla.get_by_text("It was refused.")).to_be_visible()
    expect(leyla.locator("main li").first).to_contain_text(re.compile(r"^line \d+: "))
    visitor = as_person(None, scripts=scripts)
    visitor.goto("/")
    expect(visitor.get_by_text("Quiet here.")).to_be_visible()

    leyla.get_by_role("link", name="Upload another file").click()
    choose(leyla, whole)
    worked(leyla, scripts)
    expect(leyla.get_by_text("Nothing has been brought in yet.")).to_be_visible()
    row(leyla, "Comments", "3", "3")
    visitor.reload()
    expect(visitor.get_by_text("Quiet here.")).to_be_visible()
    press(leyla, "Bring it in")
    worked(leyla, scripts)
    expect(leyla.get_by_text("This came in:")).to_be_visible()

    # Anyone reads what was open on the blog; nobody reads what waits or was left out.
    visitor.reload()
    visitor.locator("ul.thoughts a").first.click()
    expect(visitor.get_by_text(BODY)).to_be_visible()
    expect(visitor.get_by_text("Det gör vi.")).to_be_visible()
    expect(visitor.locator(".c")).to_have_count(3)
    expect(visitor.get_by_text("Får jag vara med?")).to_have_count(0)
    held = leyla.get_by_role("article", name="Okänd")
    expect(held).to_contain_text("Får jag vara med?")
    held.get_by_role("button", name="Publish").click()
    expect(leyla.get_by_text("Published.", exact=True)).to_be_visible()
    assert Held.objects.count() == 0
    visitor.reload()
    expect(visitor.get_by_text("Får jag vara med?")).to_be_visible()
    expect(visitor.get_by_text("Köp klockor.")).to_have_count(0)

    # And it is answered here, by one who works here.
    amina = as_person(people.amina, scripts=scripts)
    amina.goto(visitor.url)
    amina.locator(".c", has_text="Får jag vara med?").get_by_role("link", name="Answer", exact=True).click()
    amina.get_by_label("Your words").fill("Ja, kom.")
    press(amina, "Open to anyone")
    expect(amina.get_by_role("heading", name="As anyone will read it")).to_be_visible()
    press(amina, "Open to anyone")
    amina.wait_for_url("**/conversations/**")
    visitor.reload()
    expect(visitor.get_by_text("Ja, kom.")).to_be_visible()

    # A second time adds nothing.
    leyla.goto("/imports")
    choose(leyla, whole)
    worked(leyla, scripts)
    row(leyla, "Comments", "3", "0")


@pytest.mark.parametrize("scripts", [True, False])
def test_its_pictures_come_when_that_is_chosen(
    people: Cast, as_person: Visit, tmp_path: Path, scripts: bool
) -> None:
    with outside() as server:
        server.answers["/park.jpg"] = said(drawn())
        body = f'Se <img src="{server.address("/park.jpg")}" alt="Parken i juni">'
        gone = f'<img src="{server.address("/borta.jpg")}" alt="Bron">'
        whole = tmp_path / "bloggen.xml"
        whole.write_text(HEADER + ITEM % (f"{body} och {gone}", "") + FOOTER, encoding="utf-8")
        leyla, visitor = as_person(people.leyla, scripts=scripts), as_person(None, scripts=scripts)
        leyla.goto("/imports")
        choose(leyla, whole)
        worked(leyla, scripts)
        press(leyla, "Bring it in")
        worked(leyla, scripts)
        visitor.goto("/")
        visitor.locator("ul.thoughts a").first.click()
        expect(visitor.get_by_role("link", name="Parken i juni")).to_be_visible()
        expect(visitor.locator("main img")).to_have_count(0)

        leyla.get_by_role("link", name="The pictures").click()
        expect(leyla.get_by_text("2 pictures are still links.")).to_be_visible()
        assert server.asked == []
        press(leyla, "Fetch the pictures")
        worked(leyla, scripts, server.fetcher())
        expect(leyla.get_by_text("1 picture came here. 1 stays a link.")).to_be_visible()
        expect(leyla.locator("main li")).to_contain_text("(404)")

        visitor.reload()
        picture = visitor.get_by_role("img", name="Parken i juni")
        expect(picture).to_be_visible()
        assert picture.evaluate("one => one.decode().then(() => one.naturalWidth)") == 40
        expect(visitor.get_by_role("link", name="Bron")).to_be_visible()

        server.answers["/borta.jpg"] = said(drawn("blue"))
        leyla.get_by_role("link", name="Try again").click()
        press(leyla, "Fetch the pictures")
        worked(leyla, scripts, server.fetcher())
        expect(leyla.get_by_text("1 picture came here.", exact=True)).to_be_visible()
        visitor.reload()
        expect(visitor.locator("main img")).to_have_count(2)


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name).click()


def choose(page: Page, path: Path) -> None:
    page.get_by_label("The export").set_input_files(path)
    press(page, "See what would come in")


def worked(page: Page, scripts: bool, fetcher: Fetcher | None = None) -> None:
    """The worker does it; with scripts the page finds out by itself."""
    expect(page.get_by_role("link", name="Look again")).to_be_visible()
    assert run_next(fetcher)
    if not scripts:
        page.get_by_role("link", name="Look again").click()
    expect(page.get_by_role("link", name="Look again")).to_have_count(0)


def row(page: Page, title: str, read: str, added: str) -> None:
    cells = page.get_by_role("row", name=re.compile(f"^{title} ")).get_by_role("cell")
    expect(cells.nth(0)).to_have_text(read)
    expect(cells.nth(1)).to_have_text(added)
