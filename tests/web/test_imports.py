"""A steward uploads a blog, looks, brings it in and decides; for anybody else there is no such page."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings

from communis.channels.importers.kept_exports import folder
from communis.channels.importers.models import Held, Import, Imported
from communis.channels.importers.running import own_import, run_next
from communis.conversations.models import Contribution, Share
from communis.journal.moments import now
from communis.looking.viewers import PUBLIC_VIEWER
from tests.cast import Cast
from tests.channels.importers.wxr.test_correctness import comment, export
from tests.web.forms import client_of, key_on, page

WHOLE = export(comment(1, 0, "1"), comment(2, 1, "0"), comment(3, 2, "0")).encode()


def upload(client: Client, data: bytes, name: str = "Min blogg", **more: str) -> str:
    fields = {"key": key_on(page(client, "/imports")), "name": name, **more}
    answer = client.post("/imports", {**fields, "file": SimpleUploadedFile("blogg.xml", data)})
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"])


def brought_in(client: Client) -> str:
    address = upload(client, WHOLE)
    assert run_next()
    client.post(f"{address}/bringing-in")
    assert run_next()
    return address


def test_first_a_look_then_it_comes_in(people: Cast) -> None:
    leyla = client_of(people.leyla)
    address = upload(leyla, WHOLE)
    assert "It waits for its turn" in page(leyla, address)
    assert run_next() and not run_next()
    html = page(leyla, address)
    assert "Nothing has been brought in yet" in html and "Bring it in" in html
    assert Contribution.everything.count() == 0
    for _again in range(2):
        assert leyla.post(f"{address}/bringing-in").status_code == 302
    assert run_next() and not run_next()
    html = page(leyla, address)
    assert "This came in" in html and html.count('value="publish"') == 2
    assert Share.visible.to(PUBLIC_VIEWER).count() == 2
    # The file holds addresses of people outside.
    assert list(folder().iterdir()) == []


def test_the_same_form_sent_twice_is_one_import(people: Cast) -> None:
    leyla = client_of(people.leyla)
    key = key_on(page(leyla, "/imports"))
    assert upload(leyla, WHOLE, key=key) == upload(leyla, WHOLE, key=key)
    assert Import.objects.count() == len(list(folder().iterdir())) == 1
    run_next()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "empty"),
        (b"PK\x03\x04 packed", "packed"),
        (b"\x89PNG not at all", "not XML"),
        (b"\n<!DOCTYPE html><html><body>Saved</body></html>", "web page"),
        (b"<?xml version='1.0'?><feed></feed>", "Line 1"),
    ],
)
def test_what_is_no_export_is_refused_at_once_and_the_name_kept(people: Cast, data: bytes, said: str) -> None:
    leyla = client_of(people.leyla)
    answer = leyla.post("/imports", {"name": "Min blogg", "file": SimpleUploadedFile("a.xml", data)})
    html = answer.content.decode()
    assert answer.status_code == 422 and said in html and 'value="Min blogg"' in html
    assert Import.objects.count() == 0


def test_no_file_and_one_too_large(people: Cast) -> None:
    leyla = client_of(people.leyla)
    answer = leyla.post("/imports", {"name": "Min blogg"})
    assert "Choose the file" in answer.content.decode() and 'value="Min blogg"' in answer.content.decode()
    with override_settings(LARGEST_IMPORT_MIB=1):
        large = SimpleUploadedFile("a.xml", WHOLE + b" " * 2**21)
        html = leyla.post("/imports", {"name": "Min blogg", "file": large}).content.decode()
    assert "larger than 1 MiB" in html and 'value="Min blogg"' in html
    assert Import.objects.count() == 0


def test_a_cut_file_is_refused_with_its_line(people: Cast) -> None:
    leyla = client_of(people.leyla)
    address = upload(leyla, WHOLE[:-60])
    people.leyla.language = "en"
    people.leyla.save()
    run_next()
    html = page(leyla, address)
    assert re.search(r"line \d+: the file ends in the middle", html) and "Export it again" in html
    assert Contribution.everything.count() == Imported.objects.count() == 0
    assert leyla.post(f"{address}/bringing-in").status_code == 302
    assert not run_next()


def test_a_dead_workers_import_is_taken_up_again(people: Cast) -> None:
    leyla = client_of(people.leyla)
    address = upload(leyla, WHOLE)
    Import.objects.update(state=Import.State.RUNNING, alive_at=now())
    assert not run_next()
    Import.objects.update(alive_at=now() - 61_000_000)
    assert run_next()
    assert own_import(address[-32:], by=people.leyla).state == Import.State.FINISHED


def test_a_fault_is_told_by_its_kind_alone(people: Cast, caplog: pytest.LogCaptureFixture) -> None:
    leyla = client_of(people.leyla)
    address = upload(leyla, WHOLE)
    next(folder().iterdir()).unlink()
    assert run_next()
    assert "FileNotFoundError" in page(leyla, address)
    assert [record.getMessage() for record in caplog.records if record.name == "communis.imports"] == [
        "import failed"
    ]


def test_held_comments_are_published_below_their_place_or_left_out(people: Cast) -> None:
    leyla = client_of(people.leyla)
    address = brought_in(leyla)
    two, three = Held.objects.order_by("id").values_list("public_id", flat=True)
    refused = leyla.post(f"{address}/held/{three}", {"do": "publish", "key": "a" * 32})
    assert refused.status_code == 422 and "Publish that first" in refused.content.decode()
    for _again in range(2):
        done = leyla.post(f"{address}/held/{two}", {"do": "publish", "key": "b" * 32})
        assert done.status_code == 302
    assert leyla.post(f"{address}/held/{three}", {"do": "publish", "key": "c" * 32}).status_code == 302
    assert Held.objects.count() == 0 and Share.visible.to(PUBLIC_VIEWER).count() == 4
    numbers = dict(Imported.objects.values_list("key", "contribution_id"))
    parents = dict(Contribution.everything.values_list("id", "parent_id"))
    assert parents[numbers["comment:3"]] == numbers["comment:2"]
    assert parents[numbers["comment:2"]] == numbers["comment:1"]


def test_what_waits_below_something_left_out_moves_up(people: Cast) -> None:
    leyla = client_of(people.leyla)
    address = brought_in(leyla)
    two, three = Held.objects.order_by("id").values_list("public_id", flat=True)
    leyla.post(f"{address}/held/{two}", {"do": "leave-out", "key": "a" * 32})
    leyla.post(f"{address}/held/{three}", {"do": "publish", "key": "b" * 32})
    numbers = dict(Imported.objects.values_list("key", "contribution_id"))
    assert numbers["comment:2"] is None
    assert Contribution.everything.get(id=numbers["comment:3"]).parent_id == numbers["comment:1"]


def test_for_anybody_else_it_is_an_address_that_never_was(people: Cast) -> None:
    address = brought_in(client_of(people.leyla))
    held = Held.objects.order_by("id")[0].public_id
    paths = ["/imports", address, f"{address}/progress", f"{address}/bringing-in", f"{address}/held/{held}"]
    for client in (Client(enforce_csrf_checks=True), client_of(people.elin, enforce_csrf_checks=True)):
        for ask in (client.get, client.post, client.put):
            never = ask("/never-was")
            for path in paths:
                answer = ask(path)
                assert answer.status_code == never.status_code == 404
                assert without_token(answer.content) == without_token(never.content)
                # The page names the address that was asked for, so its length differs.
                assert without_length(answer) == without_length(never)
    leyla = client_of(people.leyla, enforce_csrf_checks=True)
    assert leyla.get(f"/imports/{'0' * 32}").status_code == 404
    assert leyla.post(f"{address}/bringing-in").status_code == 403


def without_length(answer: Any) -> dict[str, str]:
    return {name: value for name, value in answer.headers.items() if name != "Content-Length"}


def without_token(html: bytes) -> bytes:
    return re.sub(rb'(value="\w{64}"|/(never-was|imports)[^"]*)', b"", html)


def test_looking_for_progress_costs_nothing_when_nothing_changed(people: Cast) -> None:
    leyla = client_of(people.leyla)
    address = upload(leyla, WHOLE)
    seen = re.search(r"progress\?seen=([\w-]+)", page(leyla, address))[1]
    same = leyla.get(f"{address}/progress?seen={seen}")
    assert (same.status_code, same.content) == (204, b"")
    Import.objects.update(state=Import.State.RUNNING, alive_at=0, progress={"done": 3, "total": 9})
    assert "3 of 9" in leyla.get(f"{address}/progress?seen={seen}").content.decode()
    run_next()
    assert leyla.get(f"{address}/progress?seen={seen}")["HX-Refresh"] == "true"


@override_settings(PUBLIC_RUNG=False)
def test_where_nothing_is_open_to_all_the_form_says_so(people: Cast) -> None:
    file = SimpleUploadedFile("a.xml", WHOLE)
    answer = client_of(people.leyla).post("/imports", {"name": "", "file": file})
    assert answer.status_code == 422 and "opens nothing to everyone" in answer.content.decode()


@pytest.fixture(autouse=True)
def own_folder(settings: object, tmp_path: Path) -> None:
    settings.DATA = tmp_path  # type: ignore[attr-defined]
    folder().mkdir()
