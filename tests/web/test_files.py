"""Pictures and files: kept with the draft, cleaned, and served only to those who see the line."""

import contextlib
import errno
import io
import re
import sqlite3
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError
from django.test import Client
from PIL import Image
from psycopg.errors import DiskFull

from communis.conversations import contributing
from communis.conversations.files import folder
from communis.conversations.models import Draft, File, Share
from tests.cast import Cast
from tests.web.forms import client_of, key_on, page, send, typed


@pytest.fixture(autouse=True)
def own_folder(settings: object, tmp_path: object) -> None:
    settings.DATA = tmp_path


def picture(size: tuple[int, int] = (40, 30)) -> SimpleUploadedFile:
    """A photograph that says where it was taken and by whom."""
    image = Image.new("RGB", size, "teal")
    exif = Image.Exif()
    exif[0x013B] = "Elin Forsgren KANARIE"
    out = io.BytesIO()
    image.save(out, "JPEG", exif=exif)
    assert b"KANARIE" in out.getvalue()
    return SimpleUploadedFile("C:\\Elin\\vagn.jpg", out.getvalue(), "image/jpeg")


def sent_to_karin(people: Cast, *files: SimpleUploadedFile, **more: str) -> str:
    """Send a letter with files; returns the line."""
    elin = client_of(people.elin)
    answer = send(
        elin,
        "/write",
        "Se här.",
        audience="direct",
        persons=[people.karin.public_id],
        files=list(files),
        **more,
    )
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"].rpartition("#")[2])


def test_a_picture_is_shown_to_its_readers_without_what_the_camera_said(people: Cast) -> None:
    line = sent_to_karin(people, picture())
    answer = client_of(people.karin).get(f"/lines/{line}/files/1")
    assert answer.status_code == 200 and b"KANARIE" not in answer.content
    assert Image.open(io.BytesIO(answer.content)).size == (40, 30)
    assert answer["Content-Type"] == "image/jpeg" and answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Disposition"] == 'inline; filename="vagn.jpg"'
    assert answer["Content-Security-Policy"].startswith("sandbox") and "no-store" in answer["Cache-Control"]
    assert not any(b"KANARIE" in kept.read_bytes() for kept in folder().iterdir())


def test_nobody_else_gets_the_file_nor_learns_that_it_is_there(people: Cast) -> None:
    line = sent_to_karin(people, picture((2000, 1500)))
    assert client_of(people.karin).get(f"/lines/{line}/files/1/small").status_code == 200
    for client in (client_of(people.amina), Client()):
        for below in ("files/1", "files/1/small", "files/2", "files/x"):
            hidden = client.get(f"/lines/{line}/{below}")
            missing = client.get(f"/lines/{'0' * 32}/{below}")
            assert hidden.status_code == missing.status_code == 404
            assert dict(hidden.items()).keys() == dict(missing.items()).keys()
    assert client_of(people.karin).get(f"/lines/{line}/files/2").status_code == 404


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [("plan.pdf", b"%PDF-1.4 x", "application/pdf"), ("namn.csv", b"<script>alert(1)</script>", "text/csv")],
)
def test_what_is_no_picture_is_only_for_downloading(people: Cast, name: str, data: bytes, kind: str) -> None:
    line = sent_to_karin(people, SimpleUploadedFile(name, data, "text/html"))
    answer = client_of(people.karin).get(f"/lines/{line}/files/1")
    assert answer["Content-Disposition"] == f'attachment; filename="{name}"'
    assert answer["Content-Type"] == kind and answer.content == data


@pytest.mark.parametrize("name", ["sida.html", "bild.svg", "program.exe", "bild.jpg", "tom.pdf"])
def test_a_file_that_cannot_be_taken_is_named_and_the_words_are_kept(people: Cast, name: str) -> None:
    upload = SimpleUploadedFile(name, b"" if name == "tom.pdf" else b"<script>alert(1)</script>")
    answer = send(
        client_of(people.elin), "/write", "Se här.", audience="organisation", files=[picture(), upload]
    )
    html = answer.content.decode()
    assert answer.status_code == 422 and name in html and typed(html) == "Se här."
    assert "vagn.jpg" in html and Share.everything.count() == 0


def test_a_refused_form_has_its_files_still(people: Cast) -> None:
    elin = client_of(people.elin)
    refused = send(elin, "/write", "Se här.", audience="direct", files=[picture()])
    html = refused.content.decode()
    assert refused.status_code == 422 and "vagn.jpg" in html and typed(html) == "Se här."
    assert "stored_as" not in html and "Elin\\vagn" not in html
    said = {"alternative-1": "En tvättvagn med filt under", "creator-1": "Elin", "licence-1": "CC BY 4.0"}
    fields = {"key": key_on(html), "text": "Se här.", "audience": "organisation", "do": "send", **said}
    assert elin.post("/write", fields).status_code == 302
    file = File.everything.get()
    assert (file.alternative, file.creator, file.licence) == tuple(said.values())
    assert Draft.objects.count() == 0 and len(list(folder().iterdir())) == 2


def test_files_are_added_described_and_taken_away(people: Cast) -> None:
    elin = client_of(people.elin)
    elin.post("/write", {"text": "", "files": [picture(), picture((30, 40))], "do": "add-files"})
    html = page(elin, "/write")
    assert html.count("vagn.jpg") > 2 and 'name="alternative-2"' in html
    elin.post("/write", {"text": "", "alternative-2": "Den andra", "remove-file": "1"})
    html = page(elin, "/write")
    assert 'value="Den andra"' in html and 'name="alternative-2"' not in html
    elin.post("/drafts", {"place": "new", "text": "Med bild"})
    assert "vagn.jpg" in page(elin, "/write")


def test_bytes_of_a_draft_thrown_away_are_gone(
    people: Cast, django_capture_on_commit_callbacks: object
) -> None:
    elin = client_of(people.elin)
    elin.post("/write", {"text": "Se", "files": [picture((2000, 1500))], "do": "add-files"})
    assert len(list(folder().iterdir())) == 2
    with django_capture_on_commit_callbacks(execute=True):
        elin.post(f"/drafts/{Draft.objects.get().public_id}/removal")
    assert list(folder().iterdir()) == []


def test_an_undone_file_comes_back_and_a_sent_one_is_not_thrown_away(
    people: Cast, django_capture_on_commit_callbacks: object
) -> None:
    line = sent_to_karin(people, picture())
    elin = client_of(people.elin)
    elin.post(f"/lines/{line}/undo")
    assert "vagn.jpg" in page(elin, "/write")
    with django_capture_on_commit_callbacks(execute=True):
        elin.post(f"/drafts/{Draft.objects.get().public_id}/removal")
    # The share that was undone is history, and history keeps its files.
    assert len(list(folder().iterdir())) == 2


def test_eleven_files_are_too_many_and_ten_are_kept(people: Cast) -> None:
    elin = client_of(people.elin)
    answer = send(
        elin, "/write", "Se", audience="organisation", files=[picture((40, 30 + n)) for n in range(11)]
    )
    html = answer.content.decode()
    assert answer.status_code == 422 and "There can be ten files." in html and 'name="alternative-10"' in html
    assert Share.everything.count() == 0


def test_the_same_file_of_two_persons_is_two_files(people: Cast) -> None:
    sent_to_karin(people, picture())
    html = client_of(people.amina).post("/write", {"text": "Se", "files": [picture()]}).content.decode()
    assert "vagn.jpg" in html and "exists" not in html
    assert len(list(folder().iterdir())) == 4


def test_one_sees_ones_own_draft_with_its_pictures_and_nobody_else_does(people: Cast) -> None:
    elin = client_of(people.elin)
    fields = {"text": "Se ![](file:1)", "audience": "public", "files": [picture()]}
    shown = elin.post("/write", {**fields, "do": "preview"}).content.decode()
    draft = Draft.objects.get().public_id
    assert f'<img src="/drafts/{draft}/files/1/small"' in shown and "data-file" not in shown
    first = elin.post("/write", {**fields, "files": [], "do": "send"}).content.decode()
    assert "As anyone will read it" in first and f"/drafts/{draft}/files/1" in first
    assert elin.get(f"/drafts/{draft}/files/1")["Content-Type"] == "image/jpeg"
    karin = client_of(people.karin)
    for address in (f"/drafts/{draft}/files/1", f"/drafts/{'0' * 32}/files/1", f"/drafts/{draft}/files/2"):
        assert karin.get(address).status_code == 404
    assert elin.get(f"/drafts/{draft}/files/2").status_code == 404


def test_when_nothing_can_be_kept_the_page_holds_the_words(
    people: Cast, settings: object, tmp_path: object
) -> None:
    settings.DATA = tmp_path / "no-folder"
    settings.DATA.write_text("a file where the folder should be")
    fields = {"text": "Se här.", "audience": "organisation", "files": [picture()], "do": "send"}
    answer = client_of(people.elin).post("/write", fields)
    html = answer.content.decode()
    assert answer.status_code == 503 and typed(html) == "Se här." and "It could not be saved." in html
    assert Share.everything.count() == 0


@pytest.mark.parametrize(
    "error, status",
    [
        (lambda: OSError(errno.ENOSPC, "No space left on device"), 507),
        (lambda: caused_by(sqlite_full()), 507),
        (lambda: caused_by(DiskFull()), 507),
        (lambda: caused_by(sqlite3.OperationalError("disk I/O error")), 503),
    ],
)
def test_a_full_disk_is_told_from_other_faults(
    people: Cast, monkeypatch: pytest.MonkeyPatch, error: Callable[[], Exception], status: int
) -> None:
    def fail(*_arguments: object, **_named: object) -> None:
        raise error()

    monkeypatch.setattr(contributing, "start", fail)
    fields = {"text": "Se här.", "audience": "organisation", "files": [], "do": "send"}
    answer = client_of(people.elin).post("/write", fields)
    assert answer.status_code == status and typed(answer.content.decode()) == "Se här."


def caused_by(error: Exception) -> OperationalError:
    """As Django wraps what a database says."""
    found = OperationalError(str(error))
    found.__cause__ = error
    return found


def sqlite_full() -> sqlite3.OperationalError:
    """As SQLite itself gives it."""
    with contextlib.closing(sqlite3.connect(":memory:")) as small:
        small.execute("PRAGMA max_page_count = 2")
        try:
            small.execute("CREATE TABLE one AS SELECT randomblob(100000)")
        except sqlite3.OperationalError as error:
            return error
    raise AssertionError("a hundred thousand bytes fit in two pages")


def test_a_form_sent_twice_adds_its_picture_once(people: Cast) -> None:
    """After a crash or a broken network nobody knows whether it came: sending again is safe."""
    elin = client_of(people.elin)
    for _time in range(2):
        elin.post("/write", {"text": "Se", "files": [picture()], "do": "add-files"})
        answer = elin.post("/drafts/files", {"place": "new", "text": "Se", "files": [picture()]})
        assert answer.status_code == 200 and 'id="file-1"' in answer.content.decode()
    assert len(Draft.objects.get().choices["files"]) == 1


def test_a_picture_chosen_is_kept_at_once_with_the_words_and_what_was_said_of_the_others(
    people: Cast,
) -> None:
    elin = client_of(people.elin)
    first = elin.post("/drafts/files", {"place": "new", "text": "Halvskrivet", "files": [picture()]})
    assert first.status_code == 200 and 'name="alternative-1"' in first.content.decode()
    fields = {"place": "new", "text": "Mer skrivet", "alternative-1": "En vagn", "files": [picture((9, 9))]}
    second = elin.post("/drafts/files", fields).content.decode()
    assert 'id="file-2"' in second and f"/drafts/{Draft.objects.get().public_id}/files/2/small" in second
    html = page(elin, "/write")
    assert typed(html) == "Mer skrivet" and 'value="En vagn"' in html and html.count('class="file"') == 3
    assert "Only you see them yet." in html
    # What is said of a picture is kept while one writes, as the words are.
    elin.post("/drafts", {"place": "new", "text": "Mer", "alternative-1": "", "decoration-1": "on"})
    assert re.search(r'name="decoration-1" checked', page(elin, "/write"))


def test_a_chosen_file_that_cannot_be_kept_says_why_in_one_line(people: Cast) -> None:
    elin = client_of(people.elin)
    for name, data, why in (
        ("bild.jpg", b"<html>", "This is not a picture that can be read here."),
        ("stor.pdf", b"%PDF-" + b" " * 20 * 2**20, "The file is larger than 20 MB."),
        ("tom.png", b"", "The file is empty."),
    ):
        fields = {"place": "new", "text": "Se", "files": [SimpleUploadedFile(name, data)]}
        answer = elin.post("/drafts/files", fields)
        assert answer.status_code == 422 and answer["Content-Type"] == "text/plain; charset=utf-8"
        assert answer.content.decode().startswith(f"{name}: {why}")
    assert typed(page(elin, "/write")) == "Se"
    assert elin.post("/drafts/files", {"place": "new", "text": "Se"}).status_code == 422
    signed_out = Client().post("/drafts/files", {"place": "new", "text": "Se", "files": [picture()]})
    assert signed_out.status_code == 403 and signed_out.content == b""
    others = Draft.objects.get().public_id
    karin = client_of(people.karin)
    hidden, missing = (
        karin.post("/drafts/files", {"place": place, "text": "Se", "files": [picture()]})
        for place in (others, "0" * 32)
    )
    assert hidden.status_code == missing.status_code == 404 and hidden.content == missing.content
    assert not folder().exists() or list(folder().iterdir()) == []


def test_each_file_has_its_own_fault_and_the_others_are_kept(people: Cast) -> None:
    broken = [SimpleUploadedFile(name, b"<html>") for name in ("ett.jpg", "sida.html")]
    files = [broken[0], picture(), broken[1]]
    html = send(client_of(people.elin), "/write", "Se", audience="organisation", files=files).content.decode()
    fault = re.search(r'id="files-fault">(.*?)</p>', html, re.S)[1]
    assert "ett.jpg: This is not a picture" in fault and "sida.html: Files of this kind" in fault
    assert "<br>" in fault and 'name="alternative-1"' in html and Share.everything.count() == 0


def test_decoration_is_passed_over_and_a_missing_description_is_said(people: Cast) -> None:
    elin = client_of(people.elin)
    for number in (1, 2):
        elin.post("/drafts/files", {"place": "new", "text": "Se", "files": [picture((40, 40 + number))]})
    fields = {"alternative-1": "", "decoration-1": "on", "alternative-2": ""}
    line = sent_to_karin(people, **fields)
    shown = page(client_of(people.karin), f"/lines/{line}")
    assert f'<figure><img src="/lines/{line}/files/1/small" alt=""' in shown
    assert f'<a href="/lines/{line}/files/2" class="picture"><img' in shown
    assert 'alt="A picture. Its sender has not described it."' in shown
    assert [file.decoration for file in File.everything.order_by("number")] == [True, False]


def test_a_form_of_someone_signed_out_says_which_files_are_not_kept(people: Cast) -> None:
    elin = client_of(people.elin)
    elin.post("/write", {"text": "Se", "files": [picture()], "do": "add-files"})
    signed_out = Client(headers={"accept-language": "en"})
    answer = signed_out.post("/write", {"text": "Se här", "do": "send", "files": [picture()]})
    html = answer.content.decode()
    assert answer.status_code == 403 and typed_back(html) == "Se här"
    assert "<li>vagn.jpg</li>" in html and "kept with your draft" in html
    assert "vagn.jpg" in page(elin, "/write")


def typed_back(html: str) -> str:
    return re.search(r'name="text" rows="8">\n(.*?)</textarea>', html, re.S)[1]


def test_a_draft_of_pictures_alone_is_among_the_drafts(people: Cast) -> None:
    elin = client_of(people.elin)
    elin.post("/drafts/files", {"place": "new", "text": "", "files": [picture()]})
    assert "A picture or file" in page(elin, "/drafts")
