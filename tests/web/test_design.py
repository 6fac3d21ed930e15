"""What stands outside the pages people write on: the style page, and what makes the site one to install."""

import json
from pathlib import Path

import pytest
from django.test import Client

from communis.web.rung_signs import drawing
from tests.cast import Cast
from tests.web.answers import shape
from tests.web.forms import client_of, page

ROOT = Path(__file__).parents[2]
STATIC = ROOT / "communis" / "web" / "static"


def test_the_style_page_is_missing_for_those_who_do_not_look_after_the_place(people: Cast) -> None:
    hidden, missing = (client_of(people.elin).get(address) for address in ("/design", "/desert"))
    assert shape(hidden, "design") == shape(missing, "desert")
    assert Client().get("/design").status_code == 404
    assert client_of(people.leyla).get("/design").status_code == 200


def test_the_style_page_is_there_where_people_build(people: Cast, settings) -> None:
    settings.DEVELOPMENT = True
    assert Client().get("/design").status_code == 200


def test_the_style_page_holds_no_real_person_or_circle(people: Cast) -> None:
    said = page(client_of(people.leyla), "/design")
    for name in (people.karin.name, people.elin.name, people.care_home.name, people.food_waste.name):
        assert name not in said


@pytest.mark.parametrize("language", ["sv", "en"])
def test_what_is_kept_without_network_is_the_same_for_everyone(people: Cast, language: str) -> None:
    """Trust L52: the page and the worker name nobody and hold nothing of anyone."""
    for address in ("/offline", "/service-worker.js", "/manifest.webmanifest"):
        nobody = Client(headers={"accept-language": language}).get(address)
        someone = client_of(people.elin)
        someone.cookies["language"] = language
        assert nobody.status_code == 200
        assert someone.get(address).content == nobody.content


def test_the_worker_stores_only_static_files(people: Cast) -> None:
    worker = Client().get("/service-worker.js").content.decode()
    kept = json.loads(worker.split("const files = ")[1].split(".map(")[0])
    assert kept.pop() == "/offline"
    assert kept and all(address.startswith("/static/") for address in kept)


def test_the_manifest_has_icons_that_are_there(people: Cast) -> None:
    manifest = json.loads(Client().get("/manifest.webmanifest").content)
    assert {icon["sizes"] for icon in manifest["icons"]} == {"any", "192x192", "512x512"}
    assert [icon for icon in manifest["icons"] if icon.get("purpose") == "maskable"]
    for icon in manifest["icons"]:
        assert (STATIC / icon["src"].removeprefix("/static/")).is_file()


def test_the_logo_is_the_rung_sign() -> None:
    """One drawing everywhere; after a change run bin/icons."""
    assert drawing(3) in (STATIC / "icons" / "icon.svg").read_text(encoding="utf-8")
    assert len({drawing(rung) for rung in range(5)}) == 5


def test_every_style_file_is_named_once_and_no_style_stands_in_a_page() -> None:
    named = (STATIC / "css" / "communis.css").read_text(encoding="utf-8")
    for file in (STATIC / "css").glob("*.css"):
        assert file.name == "communis.css" or named.count(f'url("{file.name}")') == 1, file
    for template in (ROOT / "communis" / "web" / "templates").rglob("*.html"):
        said = template.read_text(encoding="utf-8")
        assert " style=" not in said and "<style" not in said and " onclick" not in said, template


def test_the_letters_have_their_licence_beside_them() -> None:
    assert "SIL OPEN FONT LICENSE" in (STATIC / "fonts" / "OFL.txt").read_text(encoding="utf-8").upper()
