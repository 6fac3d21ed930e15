"""What is shown when something went wrong, and the keys' own page, in both languages and themes: axe finds nothing."""

from collections.abc import Callable, Iterator

import pytest
from allauth.core.ratelimit import respond_429
from django.db import connection
from django.test import RequestFactory
from django.utils import translation
from playwright.sync_api import Page, expect

from communis.looking.viewers import PUBLIC_VIEWER
from tests.cast import Cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Visit = Callable[..., Page]
LOOKS = [(language, dark) for language in ("sv", "en") for dark in (False, True)]
TITLES = {
    403: {"sv": "Det gick inte att göra", "en": "That could not be done"},
    404: {"sv": "Finns inte här", "en": "Not here"},
    429: {"sv": "Vänta en stund", "en": "Wait a while"},
    500: {"sv": "Något gick fel hos oss", "en": "Something went wrong here"},
}


@pytest.fixture
def broken() -> Iterator[None]:
    """The database lacks a table, as after a restore of half a backup."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE communis_activity RENAME TO communis_activity_away")
    yield
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE communis_activity_away RENAME TO communis_activity")


def too_many_tries(language: str) -> str:
    request = RequestFactory().get("/sign-in")
    request.person, request.viewer = None, PUBLIC_VIEWER  # type: ignore[attr-defined]
    with translation.override(language):
        answer = respond_429(request)
    assert answer.status_code == 429
    return str(answer.content.decode())


def looked_at(page: Page, status: int, language: str, accessible: Callable[[Page], None]) -> None:
    assert page.locator("html").get_attribute("lang") == language
    expect(page.locator("h1")).to_have_text(TITLES[status][language])
    accessible(page)
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (status, width)


@pytest.mark.parametrize(("language", "dark"), LOOKS)
def test_refused_missing_and_too_often(
    people: Cast,
    as_person: Visit,
    accessible: Callable[[Page], None],
    picture: Callable[[Page, str], None],
    language: str,
    dark: bool,
) -> None:
    page = as_person(people.elin, language=language, dark=dark)
    page.goto("/never-was")
    looked_at(page, 404, language, accessible)
    picture(page, f"404-{language}-{dark}")
    page.goto("/you")
    # A form of an earlier sign-in.
    page.evaluate("document.querySelectorAll('[name=csrfmiddlewaretoken]').forEach((one) => one.value = 'x')")
    page.locator("form[action='/you/reading-help'] button").click()
    looked_at(page, 403, language, accessible)
    picture(page, f"403-{language}-{dark}")
    nobody = as_person(None, language=language, dark=dark)
    # What the sign-in's library answers to someone who tries too often, at any of its pages.
    too_often = too_many_tries(language)
    nobody.route(
        "**/too-often", lambda route: route.fulfill(status=429, body=too_often, content_type="text/html")
    )
    nobody.goto("/too-often")
    looked_at(nobody, 429, language, accessible)
    picture(nobody, f"429-{language}-{dark}")


@pytest.mark.parametrize(("language", "dark"), LOOKS)
def test_our_own_fault(
    people: Cast,
    as_person: Visit,
    accessible: Callable[[Page], None],
    picture: Callable[[Page, str], None],
    broken: None,
    language: str,
    dark: bool,
) -> None:
    page = as_person(people.elin, language=language, dark=dark)
    answer = page.goto("/")
    assert answer is not None and answer.status == 500
    looked_at(page, 500, language, accessible)
    picture(page, f"500-{language}-{dark}")


@pytest.mark.parametrize(("language", "dark"), LOOKS)
def test_the_keys(
    people: Cast,
    as_person: Visit,
    accessible: Callable[[Page], None],
    picture: Callable[[Page, str], None],
    language: str,
    dark: bool,
) -> None:
    page = as_person(people.elin, language=language, dark=dark)
    page.goto("/")
    page.keyboard.press("?")
    keys = page.get_by_role("dialog")
    expect(keys).to_be_visible()
    accessible(page)
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), width
        assert keys.evaluate("(one) => one.scrollWidth <= one.clientWidth")
    picture(page, f"keys-{language}-{dark}")
    page.keyboard.press("Escape")
    expect(keys).not_to_be_visible()
