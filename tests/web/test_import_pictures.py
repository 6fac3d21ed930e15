"""A steward chooses to fetch a blog's pictures: from a real server, through the guard, with every way it can fail."""

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from django.test import Client
from PIL import Image

from communis.channels.fetching.fetching import Fetcher
from communis.channels.importers.kept_exports import folder
from communis.channels.importers.models import Import, Imported
from communis.channels.importers.running import own_import, run_next
from communis.conversations.contributing import contribute
from communis.conversations.files import folder as files_folder
from communis.conversations.files import kept_names
from communis.conversations.lines import address_of
from communis.conversations.models import File, Place, Revision, Share
from communis.conversations.reconciling import differences
from communis.conversations.safe_html import clean_html
from communis.conversations.words import Quoted
from communis.journal.ids import public_id
from communis.journal.models import Entry
from communis.journal.moments import now
from communis.journal.reactions import react
from communis.people.models import Person
from tests.cast import Cast
from tests.channels.importers.wxr.test_correctness import comment, export
from tests.outside_server import OutsideServer, led_on, outside, said
from tests.web.forms import client_of, page
from tests.web.test_imports import upload


def drawn(colour: str = "red", kind: str = "JPEG") -> bytes:
    """A picture that says where it was taken."""
    exif = Image.Exif()
    exif[0x010E] = "Hemma hos Rolf"
    written = BytesIO()
    Image.new("RGB", (40, 30), colour).save(written, kind, **({"exif": exif} if kind == "JPEG" else {}))
    return written.getvalue()


@pytest.fixture
def server() -> Iterator[OutsideServer]:
    with outside() as server:
        server.answers["/park.jpg"] = said(drawn())
        server.answers["/big.jpg"] = said(drawn("blue"))
        server.answers["/tree.png"] = said(drawn("green", "PNG"))
        yield server


@pytest.fixture(autouse=True)
def own_folder(settings: object, tmp_path: Path, people: Cast) -> None:
    settings.DATA = tmp_path  # type: ignore[attr-defined]
    folder().mkdir()
    people.leyla.language = "en"
    people.leyla.save()


def brought_in(people: Cast, body: str, *comments: str) -> str:
    """The address of the import's page."""
    leyla = client_of(people.leyla)
    address = upload(leyla, export(*comments, body=body).encode())
    assert run_next()
    leyla.post(f"{address}/bringing-in")
    assert run_next()
    return address


def fetched(people: Cast, blog: str, server: OutsideServer, fetcher: Fetcher | None = None) -> str:
    """The report's page, after the press and the worker's run."""
    leyla = client_of(people.leyla)
    answer = leyla.post(f"{blog}/pictures", {"key": public_id()})
    assert run_next(fetcher or server.fetcher())
    return page(leyla, answer["Location"])


def post() -> Share:
    number = Imported.objects.get(key="entry:1").contribution_id
    return Share.everything.get(contribution_id=number, ended_at=None)


def shown(person: Person | None = None) -> str:
    client = client_of(person) if person else Client()
    return page(client, f"/conversations/{address_of(post())[0]}").partition("<main")[2]


def told_to(person: Person) -> str:
    """What stands on the page for that person, without the form's token."""
    html = page(client_of(person), "/for-you").partition("<main")[2]
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", html)


def revision() -> Revision:
    return Revision.everything.get(id=post().revision_id)


def test_a_look_a_choice_and_the_pictures_stand_where_the_links_stood(
    people: Cast, server: OutsideServer
) -> None:
    park, tree = server.address("/park.jpg"), server.address("/tree.png")
    first = f'Så här. <img src="{park}" alt="Parken &quot;om&quot; O\'Hara">'
    body = f'{first} Och <a href="{tree}"><img src="{tree}" alt=""></a>'
    blog = brought_in(people, body)
    before = shown()
    assert f'href="{park}"' in before and "<img" not in before
    source = revision().source

    leyla = client_of(people.leyla)
    assert f"{blog}/pictures" in page(leyla, blog)
    choice = page(leyla, f"{blog}/pictures")
    assert "2 pictures are still links" in choice and "bilder.example: 2" in choice
    # Nothing is asked for until the button is pressed, whatever the worker does meanwhile.
    assert not run_next(server.fetcher()) and server.asked == []

    html = fetched(people, blog, server)
    assert "2 pictures came here." in html and "stay" not in html.partition("<main")[2]
    assert server.paths == ["/park.jpg", "/tree.png"]
    after = shown()
    assert park not in after and tree not in after
    line = address_of(post())[1]
    assert f'src="/lines/{line}/files/1/small" alt="Parken &quot;om&quot; O&#x27;Hara"' in after
    assert 'alt="tree.png"' in after
    assert clean_html(revision().html) == revision().html and revision().source == source
    picture = Client().get(f"/lines/{line}/files/1")
    data = b"".join(picture.streaming_content) if picture.streaming else picture.content
    assert picture.status_code == 200 and not Image.open(BytesIO(data)).getexif()
    assert "No picture in its posts and pages is a link any more" in page(leyla, f"{blog}/pictures")
    assert differences() == []


def test_it_tells_nobody_and_is_no_version_of_the_words(people: Cast, server: OutsideServer) -> None:
    blog = brought_in(people, f'Hej <img src="{server.address("/park.jpg")}" alt="Parken">')
    contribute(address_of(post())[1], "Fint!", by=people.amina)
    react()
    share, numbers = post().id, Revision.everything.count()
    told = told_to(people.amina)
    fetched(people, blog, server)
    react()
    assert post().id == share and Revision.everything.count() == numbers
    assert told_to(people.amina) == told
    assert "orrected" not in shown(people.amina)
    entry = Entry.objects.get(verb="picture fetched")
    assert entry.person_id == people.leyla.id and set(entry.about) == {"line", "conversation"}


def test_a_second_time_asks_for_nothing_and_a_failed_one_is_asked_again(
    people: Cast, server: OutsideServer
) -> None:
    gone, park = server.address("/gone.jpg"), server.address("/park.jpg")
    blog = brought_in(people, f'<img src="{park}" alt="Parken"> <img src="{gone}" alt="Borta">')
    html = fetched(people, blog, server)
    assert "1 picture came here." in html and "1 stays a link." in html
    assert (
        gone in html
        and "It is not there any more (404)" in html
        and f"/lines/{address_of(post())[1]}" in html
    )
    assert f'href="{gone}"' in shown() and 'alt="Parken"' in shown()
    server.answers["/gone.jpg"] = said(drawn())
    assert "1 picture came here." in fetched(people, blog, server)
    assert server.paths == ["/park.jpg", "/gone.jpg", "/gone.jpg"]
    assert "0 pictures came here." in fetched(people, blog, server)
    assert len(server.paths) == 3 and File.everything.count() == 2


@pytest.mark.parametrize(
    ("path", "answer", "why"),
    [
        ("/a.jpg", said(b"<html>Sorry</html>", Content_Type="image/jpeg"), "no picture that can be kept"),
        ("/a.svg", said(b"<svg xmlns='http://www.w3.org/2000/svg'/>"), "no picture that can be kept"),
        ("/a.jpg", said(drawn()[:200]), "no picture that can be kept"),
        ("/a.jpg", said(b"%PDF-1.7 not at all"), "no picture that can be kept"),
        ("/a.jpg", said(b"", Content_Length=str(21 * 2**20)), "larger than 20 MB"),
        ("/a.jpg", said(drawn(), Content_Encoding="gzip"), "packed"),
        ("/a.jpg", said(b"", "500 Fault"), "fault (500)"),
        ("/a.jpg", said(b"", "403 Forbidden"), "does not give it out (403)"),
        ("/a.jpg", led_on("/a.jpg"), "more than three times"),
        ("/a.jpg", led_on("http://127.0.0.1:1/"), "unusual port"),
    ],
)
def test_what_fails_stays_a_link_and_the_page_says_why(
    people: Cast, server: OutsideServer, path: str, answer: object, why: str
) -> None:
    server.answers[path] = answer  # type: ignore[assignment]
    blog = brought_in(people, f'<img src="{server.address(path)}" alt="En bild">')
    before = revision().html
    html = fetched(people, blog, server)
    assert why in html and "0 pictures came here." in html
    assert revision().html == before and File.everything.count() == 0
    assert not files_folder().exists() or list(files_folder().iterdir()) == []


def test_a_picture_without_an_ending_or_with_another_one_is_judged_by_its_bytes(
    people: Cast, server: OutsideServer
) -> None:
    for path in ("/bild", "/bild.php?id=3", "/bild.pdf"):
        server.answers[path] = said(drawn(), Content_Type="application/octet-stream")
    body = "".join(f'<img src="{server.address(path)}" alt="{path}">' for path in server.answers)
    assert "6 pictures came here." in fetched(people, brought_in(people, body), server)


def test_the_usual_fetcher_refuses_what_lies_inside(people: Cast, server: OutsideServer) -> None:
    body = f'<img src="http://127.0.0.1/a.png" alt="A"><img src="http://localhost:{server.port}/park.jpg" alt="B">'
    blog = brought_in(people, body)
    leyla = client_of(people.leyla)
    answer = leyla.post(f"{blog}/pictures", {"key": "a" * 32})
    assert run_next()
    html = page(leyla, answer["Location"])
    assert "not on the public internet" in html and "unusual port" in html
    assert server.asked == []


def test_a_server_that_is_silent_is_asked_three_times_and_no_more(people: Cast) -> None:
    with outside() as gone:
        addresses = [gone.address(f"/{number}.jpg") for number in range(6)]
        fetcher = gone.fetcher()
    blog = brought_in(people, "".join(f'<img src="{address}" alt="x">' for address in addresses))
    html = fetched(people, blog, gone, fetcher)
    assert html.count("Its server does not answer.") == 3
    assert html.count("so the rest there was not tried") == 3


def test_one_address_in_two_places_is_asked_once(people: Cast, server: OutsideServer) -> None:
    park = server.address("/park.jpg")
    blog = brought_in(
        people, f'<img src="{park}" alt="Ett"> <img src="{park}" alt="Två"> <img src="{park}" alt="Ett">'
    )
    assert "2 pictures came here." in fetched(people, blog, server)
    assert server.paths == ["/park.jpg"] and File.everything.count() == 2
    html = shown()
    assert (html.count('alt="Ett"'), html.count('alt="Två"')) == (2, 1) and park not in html
    # Their bytes are not shared (gate rule 18).
    assert len(set(kept_names())) == 4


def test_a_small_picture_that_leads_to_a_large_one_brings_the_large_and_other_links_stay(
    people: Cast, server: OutsideServer
) -> None:
    park, big = server.address("/park.jpg"), server.address("/big.jpg")
    large = f'<a href="{big}"><img src="{park}?w=150" alt="Stor"></a>'
    body = f'{large} <a href="https://a.example/"><img src="{park}" alt="Vidare"></a>'
    blog = brought_in(people, body)
    fetched(people, blog, server)
    assert server.paths == ["/big.jpg", "/park.jpg"]
    html = shown()
    assert big not in html and 'href="https://a.example/"' in html and html.count("<figure>") == 3
    # The third is the place where one is shown large; the one that leads elsewhere leads there alone.
    assert not re.search(r"<a [^>]*>(?:(?!</a>).)*<a ", html, re.S), "a link within a link"
    assert "0 pictures came here." in fetched(people, blog, server)


def test_pictures_in_comments_stay_links(people: Cast, server: OutsideServer) -> None:
    park = server.address("/park.jpg")
    blog = brought_in(people, "Hej", comment(1, 0, "1", f'Se <img src="{park}" alt="Parken">'))
    assert "No picture" in page(client_of(people.leyla), f"{blog}/pictures")
    assert f'href="{park}"' in shown()


def test_what_was_answered_is_answered_still(people: Cast, server: OutsideServer) -> None:
    """A word behind the picture moves with the text; the very words of the link stay, beside the picture."""
    park, tree = server.address("/park.jpg"), server.address("/tree.png")
    body = (
        f'Se <img src="{park}" alt="Parken i juni"> och sen <img src="{tree}" alt="Trädet"> blommar linden.'
    )
    blog = brought_in(people, body)
    line = address_of(post())[1]
    contribute(line, "När?", by=people.amina, quotes=[Quoted(line, "blommar linden")])
    contribute(line, "Vilken park?", by=people.elin, quotes=[Quoted(line, "i juni")])
    fetched(people, blog, server)
    html = shown(people.amina)
    assert 'alt="Parken i juni"' in html and 'alt="Trädet"' in html
    assert (
        len(re.findall("<mark ", html)) == 2 and ">i juni</mark>" in html and ">blommar linden</mark>" in html
    )
    assert not Place.objects.filter(start=None).exists()
    assert tree not in html and f'href="{park}"' in html
    assert "0 pictures came here." in fetched(people, blog, server)


def test_a_kept_page_shows_the_picture_at_the_next_look(people: Cast, server: OutsideServer) -> None:
    blog = brought_in(people, f'Hej <img src="{server.address("/park.jpg")}" alt="Parken">')
    viewers = [None, people.amina, people.leyla]
    for viewer in viewers * 2:
        assert "<img" not in shown(viewer)
    fetched(people, blog, server)
    for viewer in viewers:
        assert 'alt="Parken"' in shown(viewer)


def test_a_run_that_is_cut_off_goes_on_and_nothing_comes_twice(people: Cast, server: OutsideServer) -> None:
    body = "".join(f'<img src="{server.address(f"/{n}.jpg")}" alt="{n}">' for n in range(4))
    for number in range(4):
        server.answers[f"/{number}.jpg"] = said(drawn())

    blog = brought_in(people, body)
    leyla = client_of(people.leyla)
    answer = leyla.post(f"{blog}/pictures", {"key": "a" * 32})

    class CutOff:
        fetcher = server.fetcher()

        def fetch(self, address: str, **more: object) -> bytes:
            if address.endswith("2.jpg"):
                raise KeyboardInterrupt
            return self.fetcher.fetch(address, **more)  # type: ignore[arg-type]

    with pytest.raises(KeyboardInterrupt):
        run_next(CutOff())  # type: ignore[arg-type]
    assert File.everything.count() == 2 and not run_next(server.fetcher())
    assert "of 4 pictures" in page(leyla, answer["Location"])
    Import.objects.filter(state=Import.State.RUNNING).update(alive_at=now() - 61_000_000)
    assert run_next(server.fetcher())
    assert server.paths == ["/0.jpg", "/1.jpg", "/2.jpg", "/3.jpg"] and File.everything.count() == 4
    assert own_import(answer["Location"][-32:], by=people.leyla).state == Import.State.FINISHED
    assert differences() == []


def test_pressed_twice_it_is_one_run(people: Cast, server: OutsideServer) -> None:
    blog = brought_in(people, f'<img src="{server.address("/park.jpg")}" alt="Parken">')
    leyla = client_of(people.leyla)
    places = {
        leyla.post(f"{blog}/pictures", {"key": key})["Location"] for key in ("a" * 32, "a" * 32, "b" * 32)
    }
    assert len(places) == 1 and Import.objects.filter(kind="pictures").count() == 1
    assert run_next(server.fetcher()) and not run_next(server.fetcher())
    assert "pictures fetched" in page(leyla, "/imports")


def test_what_is_no_longer_open_gets_no_picture(people: Cast, server: OutsideServer) -> None:
    blog = brought_in(people, f'<img src="{server.address("/park.jpg")}" alt="Parken">')
    leyla = client_of(people.leyla)
    leyla.post(f"{blog}/pictures", {"key": "a" * 32})
    Share.everything.update(ended_at=now())
    assert run_next(server.fetcher())
    assert server.asked == [] and File.everything.count() == 0


def test_who_is_no_steward_any_more_fetches_nothing(people: Cast, server: OutsideServer) -> None:
    blog = brought_in(people, f'<img src="{server.address("/park.jpg")}" alt="Parken">')
    client_of(people.leyla).post(f"{blog}/pictures", {"key": "a" * 32})
    Person.everything.filter(id=people.leyla.id).update(steward=False)
    assert run_next(server.fetcher()) and server.asked == []


def test_for_anybody_else_and_before_it_came_in_there_is_no_such_page(
    people: Cast, server: OutsideServer
) -> None:
    leyla = client_of(people.leyla)
    blog = upload(leyla, export(body=f'<img src="{server.address("/park.jpg")}">').encode())
    assert leyla.get(f"{blog}/pictures").status_code == leyla.post(f"{blog}/pictures").status_code == 404
    run_next()
    assert leyla.get(f"{blog}/pictures").status_code == leyla.post(f"{blog}/pictures").status_code == 404
    leyla.post(f"{blog}/bringing-in")
    run_next()
    run = leyla.post(f"{blog}/pictures", {"key": "a" * 32})["Location"]
    for client in (Client(), client_of(people.elin)):
        for address in (f"{blog}/pictures", run):
            assert client.get(address).status_code == client.post(address).status_code == 404
    # A run is no blog.
    assert leyla.get(f"{run}/pictures").status_code == 404
    assert Import.objects.filter(kind="pictures").count() == 1
