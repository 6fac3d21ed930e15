"""A real browser against the product as its command starts it, on a demonstration of its own."""

import json
import os
import re
import shutil
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Page,
    Playwright,
    Request,
    Response,
    expect,
    sync_playwright,
)

from communis.looking.principals import ORGANISATION, PUBLIC, Principal
from communis.people.models import Person
from tests.browser.demonstration import Demonstration
from tests.cast import Cast, cast
from tests.web.forms import client_of

# The browser's driver runs a loop in this thread; the database is used between its steps, never during one.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
# A machine that does much besides is slow, and no fault.
expect.set_options(timeout=15_000)

WHAT_AXE_LOOKS_FOR = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demonstration]:
    """A running demonstration; gone, with all its processes, after the tests."""
    running = Demonstration(tmp_path_factory.mktemp("demonstration"))
    yield running
    running.stop()


@pytest.fixture(scope="session")
def address(demonstration: Demonstration) -> str:
    return demonstration.address


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """The system's Chromium, without its habit of calling home."""
    executable = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    assert executable is not None, "install Chromium: apt-get install chromium"
    started = playwright.chromium.launch(
        executable_path=executable,
        args=[
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
        ],
    )
    yield started
    started.close()


@pytest.fixture
def visitor(browser: Browser, address: str) -> Iterator[Callable[..., Page]]:
    """``visitor("Elin")`` is a page where Elin is signed in; without a name nobody is.

    ``scripts=False`` turns JavaScript off; ``width`` is the viewport's; ``language`` is "sv" or "en".
    Fails at the end if a page broke its own content policy, had a fault in a script or opened a dialog.
    """
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def visit(
        name: str = "",
        *,
        scripts: bool = True,
        width: int = 1280,
        height: int = 800,
        language: str = "en",
        dark: bool = False,
    ) -> Page:
        context = browser.new_context(
            base_url=address,
            java_script_enabled=scripts,
            viewport={"width": width, "height": height},
            locale=language,
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce",
        )
        contexts.append(context)
        context.set_default_timeout(20_000)
        listen(context, complaints)
        page = context.new_page()
        if name:
            sign_in(page, name)
        context.add_cookies([{"name": "language", "value": language, "url": address}])
        return page

    yield visit
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture
def people(transactional_db: None) -> Cast:
    """The cast, in rows that the server's own thread sees."""
    Principal.objects.get_or_create(id=PUBLIC, defaults={"kind": Principal.Kind.PUBLIC})
    Principal.objects.get_or_create(id=ORGANISATION, defaults={"kind": Principal.Kind.ORGANISATION})
    return cast()


@pytest.fixture
def as_person(browser: Browser, live_server: object) -> Iterator[Callable[..., Page]]:
    """``as_person(people.elin)`` is a page where she is signed in; with ``None`` nobody is.

    ``scripts=False`` turns JavaScript off; ``width`` is the window's; ``zoom`` is the browser's own, which
    leaves a part of the window in CSS pixels and draws each larger. Fails at the end if a page
    broke its own content policy, had a fault in a script or opened a dialog.
    """
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def visit(
        person: Person | None,
        *,
        scripts: bool = True,
        width: int = 1280,
        language: str = "en",
        dark: bool = False,
        zoom: int = 1,
    ) -> Page:
        context = browser.new_context(
            base_url=str(live_server),
            java_script_enabled=scripts,
            viewport={"width": width // zoom, "height": 800 // zoom},
            device_scale_factor=zoom,
            color_scheme="dark" if dark else "light",
            locale=language,
            reduced_motion="reduce",
        )
        contexts.append(context)
        context.set_default_timeout(20_000)
        listen(context, complaints)
        if person is not None:
            # Whoever signs in has her own language from then on.
            Person.everything.filter(id=person.id).update(language=language)
            name = settings.SESSION_COOKIE_NAME
            cookie = client_of(person).cookies[name].value
            context.add_cookies([{"name": name, "value": cookie, "url": str(live_server)}])
        return context.new_page()

    yield visit
    for context in contexts:
        context.close()
    assert complaints == []


def listen(context: BrowserContext, complaints: list[str]) -> None:
    """Everything that no page may ever do ends up among the complaints."""

    def console(message: object) -> None:
        text = getattr(message, "text", "")
        # What was refused or not reached is no fault of a script; the browser and htmx tell of it.
        told = re.match("Failed to load resource|Response Status Error Code", text)
        faulty = getattr(message, "type", "") == "error" and not told
        if faulty or re.search(r"Content Security Policy|Refused to|Uncaught", text):
            complaints.append(text)

    context.on("console", console)
    context.on("weberror", lambda fault: complaints.append(str(fault.error)))

    def dialog(opened: object) -> None:
        complaints.append("a dialog was opened")
        opened.dismiss()  # type: ignore[attr-defined]

    context.on("dialog", dialog)


def stays_home(context: BrowserContext, hosts: set[str], complaints: list[str]) -> None:
    """Nothing is asked of any other host, and every part of a page is there."""

    def asked(request: Request) -> None:
        if urlsplit(request.url).hostname not in hosts and not request.url.startswith("data:"):
            complaints.append(f"asked elsewhere: {request.url}")

    def answered(response: Response) -> None:
        if response.status >= 400 and response.request.resource_type not in ("document", "fetch", "xhr"):
            complaints.append(f"not there: {response.url}")

    context.on("request", asked)
    context.on("response", answered)


# Links in running text are excepted, as in WCAG 2.5.8.
PRESSED = """button, .button, select, textarea, summary, .choice, nav a, .ways a, .actions a, footer a,
    input:not([type=hidden], [type=radio], [type=checkbox])"""


def too_small(page: Page) -> list[str]:
    """What one presses that is less than 44 pixels high."""
    small: list[str] = page.evaluate(
        """(pressed) => [...document.querySelectorAll(pressed)]
            .filter((one) => one.checkVisibility() && one.getBoundingClientRect().width > 1)
            .filter((one) => one.getBoundingClientRect().height < 43.5)
            .map((one) => one.outerHTML.slice(0, 120))""",
        PRESSED,
    )
    return small


def sign_in(page: Page, name: str) -> None:
    page.goto("/try")
    page.get_by_role("button", name=name).click()
    page.wait_for_load_state()


@pytest.fixture
def picture(request: pytest.FixtureRequest) -> Callable[[Page, str], None]:
    """Keep a picture of the page when COMMUNIS_PICTURES names a folder, to be looked at."""
    folder = os.environ.get("COMMUNIS_PICTURES", "")

    def keep(page: Page, name: str) -> None:
        if folder:
            page.screenshot(path=f"{folder}/{name}.png", full_page=True)

    return keep


@pytest.fixture(scope="session")
def accessible() -> Callable[[Page], None]:
    """Fails with axe's own words when the page breaks a rule of WCAG 2.2 A or AA."""
    axe = Axe()

    def check(page: Page) -> None:
        # As tall as the page: what stays at an edge while one scrolls covers nothing that cannot be scrolled away.
        before = page.viewport_size
        assert before is not None
        height = page.evaluate("document.documentElement.scrollHeight")
        page.set_viewport_size({"width": before["width"], "height": max(before["height"], height + 200)})
        # Preloading puts our style sheets into the page a second time, which our own policy forbids.
        found = axe.run(page, options={"runOnly": WHAT_AXE_LOOKS_FOR, "preload": False})
        page.set_viewport_size(before)
        assert found.violations_count == 0, page.url + json.dumps(
            [
                {
                    "rule": fault["id"],
                    "help": fault["help"],
                    "where": [node["html"][:200] for node in fault["nodes"]][:3],
                    "why": [node.get("failureSummary", "")[:300] for node in fault["nodes"]][:1],
                }
                for fault in found.response["violations"]
            ],
            indent=1,
            ensure_ascii=False,
        )

    return check
