"""Pictures in a real browser: chosen, pasted and dropped, each with its own fault; pressed, they open large."""

import base64
import io
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from PIL import Image
from playwright.sync_api import FilePayload, Page, Route, expect

from communis.conversations.models import Draft, File, Share
from tests.cast import Cast
from tests.web.forms import client_of
from tests.web.test_files import picture as photograph
from tests.web.test_files import sent_to_karin

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Visit = Callable[..., Page]


@pytest.fixture(autouse=True)
def own_folder(settings: object, tmp_path: Path) -> None:
    settings.DATA = tmp_path


def drawn(colour: str, name: str = "bild.png", size: tuple[int, int] = (600, 400)) -> FilePayload:
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, "PNG")
    return {"name": name, "mimeType": "image/png", "buffer": out.getvalue()}


def hand_over(page: Page, event: str, files: list[FilePayload], text: str = "") -> None:
    """Paste or drop the files, as the browser tells a page of it."""
    carried = [[file["name"], file["mimeType"], base64.b64encode(file["buffer"]).decode()] for file in files]
    page.locator("#text").evaluate(
        """(target, [event, carried, text]) => {
            const data = new DataTransfer();
            for (const [name, type, bytes] of carried)
                data.items.add(new File([Uint8Array.from(atob(bytes), (one) => one.charCodeAt(0))], name, { type }));
            if (text) data.setData("text/plain", text);
            const about = { bubbles: true, cancelable: true };
            target.dispatchEvent(event === "paste"
                ? new ClipboardEvent(event, { ...about, clipboardData: data })
                : new DragEvent(event, { ...about, dataTransfer: data }));
        }""",
        [event, carried, text],
    )


@pytest.mark.parametrize("width", [360, 1280])
def test_pictures_are_chosen_pasted_and_dropped_and_described(
    people: Cast,
    as_person: Visit,
    accessible: Callable[[Page], None],
    picture: Callable[[Page, str], None],
    width: int,
) -> None:
    page = as_person(people.elin, width=width)
    page.goto(f"/write?to={people.karin.public_id}")
    page.get_by_label("Your words").fill("Se på hjulen.")
    hand_over(page, "paste", [drawn("teal", "image.png")])
    expect(page.get_by_label("What does the picture show?")).to_have_count(1)
    page.get_by_label("What does the picture show?").fill("En tvättvagn med filt under hjulen")
    hand_over(page, "dragover", [drawn("olive")])
    hand_over(page, "drop", [drawn("olive", "golv.png"), drawn("navy", "vägg.png")])
    expect(page.get_by_label("What does the picture show?")).to_have_count(3)
    page.set_input_files("#files", [drawn("maroon", "prydnad.png"), drawn("maroon", "samma.png")])
    expect(page.get_by_label("What does the picture show?")).to_have_count(4)
    # The last row leaves when its file is known to be there already; the page gets shorter by it.
    expect(page.locator("#travelling .file")).to_have_count(0)
    page.get_by_label("It is only decoration.").last.check()
    # A table from another program brings a picture of itself along: its words are what is meant.
    hand_over(page, "paste", [drawn("gray", "tabell.png")], text="ett\ttvå")
    expect(page.locator("#travelling .file")).to_have_count(0)
    expect(page.get_by_label("What does the picture show?").first).to_have_value(re.compile("^En tvättvagn"))
    assert page.locator("#chosen img").evaluate_all("all => all.every((one) => one.naturalWidth > 0)")
    accessible(page)
    picture(page, f"pictures-{width}")
    page.get_by_role("button", name="Send to Karin").click()
    page.wait_for_url("**/conversations/**")
    files = list(File.everything.order_by("number"))
    assert [file.name for file in files] == ["image.png", "golv.png", "vägg.png", "prydnad.png"]
    assert files[0].alternative == "En tvättvagn med filt under hjulen" and files[3].decoration
    accessible(page)
    picture(page, f"pictures-sent-{width}")


def test_each_picture_has_its_own_fault_and_the_words_stay(
    people: Cast, as_person: Visit, accessible: Callable[[Page], None], picture: Callable[[Page, str], None]
) -> None:
    page = as_person(people.elin, width=360)
    page.goto(f"/write?to={people.karin.public_id}")
    page.get_by_label("Your words").fill("Se på hjulen.")
    large: FilePayload = {"name": "film.png", "mimeType": "image/png", "buffer": b" " * (20 * 2**20 + 1)}
    text: FilePayload = {"name": "text.jpg", "mimeType": "image/jpeg", "buffer": b"inte en bild"}
    page.get_by_text("Picture or file").first.click()
    page.set_input_files("#files", [text, drawn("teal", "hjul.png")])
    hand_over(page, "drop", [{**large, "buffer": b"x"}])
    page.evaluate("document.getElementById('attach').dataset.most = '10'")
    hand_over(page, "drop", [drawn("red", "film.png")])
    faults = page.locator("#travelling .fault:visible")
    expect(faults).to_have_count(3)
    expect(faults.nth(0)).to_contain_text("This is not a picture that can be read here.")
    expect(faults.nth(2)).to_have_text("It is larger than 20 MB. Make it smaller, or link to where it lies.")
    expect(page.locator("#chosen .file")).to_have_count(1)
    accessible(page)
    picture(page, "pictures-refused-360")
    for _file in range(3):
        page.locator("#travelling").get_by_role("button", name="Take away").first.click()
    expect(page.get_by_label("Your words")).to_have_value("Se på hjulen.")
    page.get_by_role("button", name="Send to Karin").click()
    page.wait_for_url("**/conversations/**")
    assert File.everything.count() == 1


def test_nothing_is_sent_without_a_picture_that_is_on_its_way(people: Cast, as_person: Visit) -> None:
    page = as_person(people.elin)
    page.goto(f"/write?to={people.karin.public_id}")
    page.get_by_label("Your words").fill("Se på hjulen.")
    tries = 0

    def fail_once(route: Route) -> None:
        nonlocal tries
        tries += 1
        if tries == 1:
            # It arrived, and the answer was lost on the way.
            route.fetch()
            route.abort()
        else:
            route.continue_()

    page.context.route("**/drafts/files", fail_once)
    page.get_by_text("Picture or file").first.click()
    page.set_input_files("#files", drawn("teal", "hjul.png"))
    expect(page.get_by_text("It did not come through.")).to_be_visible()
    assert Share.everything.count() == 0
    page.get_by_role("button", name="Send to Karin").click()
    page.wait_for_url("**/conversations/**")
    assert tries == 2 and File.everything.count() == 1


def test_a_picture_pressed_while_another_is_refused_is_not_sent_past(people: Cast, as_person: Visit) -> None:
    page = as_person(people.elin)
    page.goto(f"/write?to={people.karin.public_id}")
    page.get_by_label("Your words").fill("Se på hjulen.")
    waiting: list[Route] = []
    page.context.route("**/drafts/files", lambda route: waiting.append(route))
    page.get_by_text("Picture or file").first.click()
    broken: FilePayload = {"name": "text.jpg", "mimeType": "image/jpeg", "buffer": b"inte en bild"}
    page.set_input_files("#files", broken)
    page.get_by_role("button", name="Send to Karin").click()
    expect(page.get_by_text("It is sent when they have come.")).to_be_visible()
    waiting[0].continue_()
    expect(page.get_by_text("Not sent yet: look at your pictures and files.")).to_be_visible()
    expect(page.locator("#travelling").get_by_role("button", name="Take away")).to_be_focused()
    assert Share.everything.count() == 0


def test_pictures_without_scripts(
    people: Cast, as_person: Visit, picture: Callable[[Page, str], None]
) -> None:
    page = as_person(people.elin, scripts=False, width=360)
    page.goto(f"/write?to={people.karin.public_id}")
    page.get_by_label("Your words").fill("Se på hjulen.")
    page.get_by_text("Picture or file").first.click()
    page.set_input_files("#files", [drawn("teal", "hjul.png"), drawn("olive", "golv.png")])
    page.get_by_role("button", name="Add and describe").click()
    page.get_by_label("What does the picture show?").first.fill("Ett hjul")
    picture(page, "pictures-without-scripts-360")
    page.get_by_role("button", name="Send to Karin").click()
    page.wait_for_url("**/conversations/**")
    address = page.get_by_role("link", name="Ett hjul").get_attribute("href")
    # The link leads to the picture itself, which the browser shows.
    assert address is not None and address.endswith("/files/1")
    shown = page.request.get(address)
    assert shown.headers["content-type"] == "image/png"
    assert shown.headers["content-disposition"].startswith("inline")


def test_what_is_kept_of_pictures_when_the_sign_in_ends(people: Cast, as_person: Visit) -> None:
    page = as_person(people.elin)
    page.goto("/write")
    page.get_by_label("Your words").fill("Se på hjulen.")
    page.get_by_text("Picture or file").first.click()
    page.set_input_files("#files", drawn("teal", "hjul.png"))
    expect(page.get_by_label("What does the picture show?")).to_have_count(1)
    page.context.clear_cookies(name=django_settings.SESSION_COOKIE_NAME)
    page.set_input_files("#files", drawn("olive", "golv.png"))
    expect(page.get_by_text("You have been signed out. Your text is kept while you sign in")).to_be_visible()
    assert [file["name"] for file in Draft.objects.get().choices["files"]] == ["hjul.png"]
    again = as_person(people.elin)
    again.goto("/write")
    expect(again.get_by_text("These are kept with your draft.")).to_be_visible()
    expect(again.get_by_label("Your words")).to_have_value("Se på hjulen.")


@pytest.mark.parametrize("width", [360, 1280])
def test_a_picture_pressed_opens_large_and_closes_again(
    people: Cast,
    as_person: Visit,
    accessible: Callable[[Page], None],
    picture: Callable[[Page, str], None],
    width: int,
) -> None:
    said = {"alternative-1": "En tvättvagn", "creator-1": "Elin Forsgren", "licence-1": "CC BY 4.0"}
    client_of(people.elin).post(
        "/drafts/files", {"place": "new", "text": "x", "files": [photograph((2000, 1500))]}
    )
    line = sent_to_karin(people, **said)
    page = as_person(people.karin, width=width)
    page.goto(f"/lines/{line}")
    pressed = page.get_by_role("link", name="En tvättvagn")
    dialog = page.get_by_role("dialog", name="Picture")
    for close in ("Escape", "button", "beside"):
        pressed.focus()
        page.keyboard.press("Enter")
        expect(dialog).to_be_visible()
        expect(dialog.get_by_text("Elin Forsgren · CC BY 4.0")).to_be_visible()
        expect(dialog.locator(".shows")).to_have_text("En tvättvagn")
        expect(dialog.get_by_role("button", name="Close")).to_be_focused()
        # Not by waiting for a function: a string that is made into one breaks the page's policy.
        wide = "async (picture) => { await picture.decode(); return picture.naturalWidth; }"
        assert dialog.locator("img").evaluate(wide) > 1000
        if close == "Escape":
            box = dialog.bounding_box()
            assert box and box["x"] >= 0 and box["x"] + box["width"] <= width and box["height"] <= 800
            picture(page, f"picture-large-{width}")
            accessible(page)
            page.keyboard.press("Escape")
        elif close == "button":
            dialog.get_by_role("button", name="Close").click()
        else:
            page.mouse.click(2, 400)
        expect(dialog).to_be_hidden()
        expect(pressed).to_be_focused()
    # Taken back while the page stood open: no picture, and the words say so.
    File.everything.update(number=9)
    pressed.click()
    expect(dialog.get_by_text("The picture cannot be shown.")).to_be_visible()
