"""The demonstration is built by the product's own actions, and shows each of its people something else."""

import re
from collections import Counter
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from pytest_django import DjangoDbBlocker

from communis.attention.models import Notice
from communis.behind_the_scenes import holding
from communis.behind_the_scenes.claiming import claims_on
from communis.channels.importers.models import Import
from communis.cli.demonstration.building import build
from communis.conversations.drafting import own_drafts
from communis.conversations.following import marks_of
from communis.conversations.gate import Seen
from communis.conversations.kinds import Kind
from communis.conversations.listing import conversations
from communis.conversations.models import Contribution, Share
from communis.conversations.moving import gone_on
from communis.conversations.reading import shares_at, shares_of, thread
from communis.conversations.reconciling import differences
from communis.conversations.restating import headlines
from communis.journal.models import Entry
from communis.journal.moments import DAY, now
from communis.looking.principals import ORGANISATION, PUBLIC, Principal
from communis.looking.viewers import PUBLIC_VIEWER, Viewer
from communis.openness.bylines import Byline
from communis.openness.receipt_codes import parse
from communis.openness.rungs import Rung
from communis.people.accounts import Account
from communis.people.demonstration import TRY_AS
from communis.people.holdings import viewer_for
from communis.people.models import Circle, Membership, OutsideName, Person, Role
from communis.web.demonstration_places import RECEIPT, Places, kept_places
from communis.widening.models import Consent, Widening

pytestmark = pytest.mark.django_db

LOCAL = {"HTTP_HOST": "localhost:8000"}
STAND_INS = "vi behöver vikarier"


@pytest.fixture(scope="module")
def began() -> int:
    """When the demonstration began to be built."""
    return now()


@pytest.fixture(scope="module")
def built(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
    began: int,
) -> Iterator[Places]:
    """The Swedish demonstration, built once for all these tests and gone after them."""
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock(), transaction.atomic():
        yield built_in(patch, tmp_path_factory, "sv")
        transaction.set_rollback(True)


def built_in(patch: pytest.MonkeyPatch, folders: pytest.TempPathFactory, language: str) -> Places:
    # A test with real transactions empties the tables, these two rows with them.
    Principal.objects.get_or_create(id=PUBLIC, defaults={"kind": Principal.Kind.PUBLIC})
    Principal.objects.get_or_create(id=ORGANISATION, defaults={"kind": Principal.Kind.ORGANISATION})
    patch.setattr(settings, "DATA", folders.mktemp("demonstration"))
    patch.setattr(settings, "DEMONSTRATION", True)
    steps: list[int] = []
    assert build(language, steps.append)
    assert steps == list(range(10, 101, 10))
    places = kept_places()
    assert places is not None and places.language == language
    return places


def person(key: str) -> Person:
    return Person.everything.get(
        id=Account.objects.values_list("person_id", flat=True).get(email=f"{key}@avinge.example")
    )


def viewer(key: str) -> Viewer:
    return viewer_for(person(key).id) if key else PUBLIC_VIEWER


def seen(places: Places, name: str, key: str) -> list[Seen]:
    return shares_at(places.conversations[name], viewer(key))[1]


def words(share: Seen) -> str:
    return re.sub(r"(<[^>]+>|\s)+", " ", share.html).strip()


def readers(places: Places, name: str, text: str = "") -> set[str]:
    """Those of the five, and the public (""), who see the conversation, or in it what says ``text``."""
    return {
        key for key in (*TRY_AS, "") if any(text in words(share) for share in seen(places, name, key) or [])
    }


EVERYONE = set(TRY_AS)


def test_forty_work_here_each_with_a_role(built: Places) -> None:
    here = Person.everything.filter(closed_at=None)
    assert here.count() == 40
    assert Person.everything.count() == 41
    assert person("stina").closed_at is not None
    assert set(here.values_list("id", flat=True)) == set(
        Role.objects.filter(held_to=None).values_list("person_id", flat=True)
    )
    assert list(here.filter(steward=True)) == [person("leyla")]


def test_the_protected_are_in_no_list_and_their_words_bear_their_name(built: Places) -> None:
    assert list(Person.everything.filter(protected=True)) == [person("vera")]
    for key in TRY_AS:
        assert not Person.visible.to(viewer(key)).filter(id=person("vera").id).exists()
        assert not Membership.visible.to(viewer(key)).filter(person_id=person("vera").id).exists()
    assert any(share.person_name == "Vera" for share in seen(built, "long_thread", "amina"))


@pytest.mark.parametrize(
    ("name", "members", "unit", "history"),
    [
        ("Kommunledningen", 3, True, True),
        ("Lindgården", 9, True, False),
        ("Hemtjänst Norr", 9, True, True),
        ("Bygglov och plan", 3, True, True),
        ("Matsvinnsgruppen", 5, False, True),
        ("Byta stol", 4, False, True),
    ],
)
def test_circles_are_as_the_municipality_has_them(
    built: Places, name: str, members: int, unit: bool, history: bool
) -> None:
    circle = Circle.everything.get(name=name)
    assert Membership.everything.filter(circle=circle, left_at=None).count() == members
    assert (circle.unit, circle.history) == (unit, history)
    assert bool(circle.authority) == unit
    shown = Membership.visible.to(viewer("birgitta")).filter(circle_id=circle.id).count()
    assert shown == (0 if name == "Kommunledningen" else members)


def test_whoever_came_late_to_the_care_home_does_not_see_what_was_said_before(built: Places) -> None:
    assert Membership.everything.filter(person=person("hanna"), left_at=None).exists()
    assert seen(built, "wheels", "hanna") == []
    assert len(seen(built, "wheels", "dragan")) == 6


def test_every_conversation_has_its_readers(built: Places) -> None:
    """What the page "Try as" promises of each of the five is asked of the gate."""
    assert readers(built, "letter", STAND_INS) == {"elin", "karin"}
    assert readers(built, "wheels") == {"amina"}
    assert readers(built, "food_waste") == {"amina"}
    assert readers(built, "record") == {"birgitta"}
    assert readers(built, "hidden_author") == {"johan"}
    assert {key for key in TRY_AS if own_drafts(by=person(key))} == {"johan"}
    for name in ("question", "letter", "long_thread", "swapping"):
        assert readers(built, name) == EVERYONE
    assert readers(built, "blog") == EVERYONE | {""}
    assert {listed.opening.rung for listed in conversations(PUBLIC_VIEWER) if listed.opening} == {Rung.PUBLIC}


def test_the_letter_is_open_without_its_name(built: Places) -> None:
    names = {key: seen(built, "letter", key)[0].person_name for key in TRY_AS}
    assert names == {"elin": "Elin Forsgren", "karin": "Elin Forsgren"} | dict.fromkeys(
        ("amina", "johan", "birgitta")
    )
    assert seen(built, "letter", "amina")[0].byline == Byline.Kind.UNNAMED
    # What Elin said no to stayed, and what hangs on it; nobody else sees that anything is missing.
    assert len(seen(built, "letter", "karin")) == 11
    open_to_all = seen(built, "letter", "johan")
    assert len(open_to_all) == 9
    assert None not in [node.seen for node in thread(open_to_all[0].conversation, open_to_all)]
    opened = next(
        share.opened_at for share in open_to_all if share.byline == Byline.Kind.UNNAMED and share.opening
    )
    # Seven working days ago.
    assert 8 * DAY <= now() - opened <= 12 * DAY


def test_elin_is_asked_once_more_and_nothing_has_moved(built: Places) -> None:
    waiting = Widening.visible.to(viewer("elin")).get(public_id=built.widening)
    assert waiting.state == Widening.State.ASKING and waiting.audience.rung == Rung.PUBLIC
    assert list(
        Consent.visible.to(viewer("elin")).filter(widening=waiting).values_list("way", flat=True)
    ) == [Consent.Way.NONE]
    for key in ("amina", "johan", "birgitta"):
        assert not Widening.visible.to(viewer(key)).exists()
    assert (
        Notice.everything.filter(person=person("elin"), reason=Notice.Reason.ASKED, read_at=None).count() == 1
    )
    assert Widening.everything.filter(state=Widening.State.OPENED).count() == 1


def test_the_long_thread_has_160_contributions_and_no_two_alike(built: Places) -> None:
    stays = seen(built, "long_thread", "nadja")
    gone = gone_on(stays, viewer("nadja"))
    (moved,) = gone.values()
    went = shares_at(moved, viewer("nadja"))[1]
    said = [share for share in [*stays, *went] if share.kind != Kind.SUMMARY]
    assert len(said) == 160
    assert len({words(share) for share in said}) == 160
    assert len(went) == 9
    assert all(len(words(share).split()) <= 60 for share in said)
    assert len({share.person_name for share in said}) >= 35
    depths = Counter(node.depth for node in thread(stays[0].conversation, stays))
    assert depths[1] >= 10 and max(depths) >= 5
    headline = headlines([stays[0]], viewer("amina"))[stays[0].contribution]
    assert (words(headline), headline.person_name) == (
        "Ska vi sluta ha möten på onsdagar?",
        "Per-Olof Lindahl",
    )
    (corrected,) = [share for share in stays if share.corrected]
    assert words(corrected).startswith("Jag tycker att vi ska prova.")
    told = Notice.everything.filter(reason=Notice.Reason.CORRECTED, line_id=corrected.line_number)
    assert {one.person_id for one in told} == {person(key).id for key in ("kerstin", "ulf", "pia")}


def test_the_blog_came_in_by_the_importer(built: Places) -> None:
    report = Import.objects.get(state=Import.State.FINISHED, dry_run=False).report
    assert (report["added"]["posts"], report["added"]["comments"], report["added"]["pingbacks"]) == (6, 41, 1)
    assert report["refused"] == [] and report["held"] == {}
    assert set(OutsideName.objects.values_list("name", flat=True)) >= {"Rolf, Brogatan", "Gunilla", "Åkanten"}
    listed = conversations(PUBLIC_VIEWER)
    assert len(listed) == 6
    depths = {
        node.depth
        for post in listed
        for node in thread(post.conversation, shares_of(post.conversation, PUBLIC_VIEWER))
    }
    assert depths >= {1, 2, 3}
    here = [share for share in seen(built, "blog", "") if share.person_name == "Karin Sundvall"]
    assert [share.person is not None for share in here] == [True]


def test_behind_the_scenes_nobody_but_johan_was_shown_who_wrote(built: Places) -> None:
    """What was said stands without a name; Mona's guess is gone; the author of the fixed receipt can go on."""
    shown = seen(built, "hidden_author", "johan")
    behind = [share for share in shown if share.byline == Byline.Kind.BEHIND_THE_SCENES]
    assert (len(shown), len(behind)) == (5, 2) and shown[0] == behind[0]
    assert {share.person_name for share in behind} == {None}
    assert "Jag tror jag vet vem" not in " ".join(map(words, shown))
    assert not Contribution.everything.filter(receipt_id__isnull=False, authorship_id__isnull=False).exists()
    names = {
        key: [one.name for claims in claims_on(shown, viewer(key)).values() for one in claims]
        for key in ("johan", "ingrid", "mona", "lamin", "leyla")
    }
    assert names.pop("johan") == names.pop("ingrid") == ["Ingrid Holm", "Ingrid Holm"]
    assert set(map(tuple, names.values())) == {()}
    told = Notice.everything.filter(reason=Notice.Reason.SHOWN)
    assert {one.person_id for one in told} == {person("johan").id}
    assert [one.line for one in holding.held_by(parse(RECEIPT)).words] == [one.line for one in behind]


def test_the_page_prints_the_receipt_and_opens_it_by_a_press(built: Places) -> None:
    client = Client(headers={"accept-language": "en"})
    html = client.get("/try", **LOCAL).content.decode()
    assert RECEIPT in html and "Real receipts are shown once and never kept." in html
    opened = client.post("/receipt", {"code": RECEIPT, "do": "open"}, **LOCAL).content.decode()
    assert "Kyrkvägen–Strand" in opened and "Ingrid" not in opened


def test_elin_listens_and_nobody_sees_it(built: Places) -> None:
    number = shares_at(built.conversations["swapping"], viewer("elin"))[0]
    assert {key for key in TRY_AS if marks_of(number, by=person(key)).way is not None} == {"elin"}


def test_nothing_is_in_the_future_and_every_answer_follows_what_it_answers(built: Places, began: int) -> None:
    moment = now()
    assert not Share.everything.filter(opened_at__gt=moment).exists()
    assert not Entry.objects.filter(at__gt=moment).exists()
    # What the last round itself recorded, such as a reminder, waits out its minute as anywhere.
    assert not Entry.objects.filter(reacted_at=None, at__lt=began).exists()
    first: dict[int, int] = {}
    for number, at in Share.everything.order_by("-opened_at").values_list("contribution_id", "opened_at"):
        first[number] = at
    early = [
        number
        for number, above in Contribution.everything.exclude(parent_id=None).values_list("id", "parent_id")
        if first[number] <= first[above]
    ]
    assert early == []
    journal = list(Entry.objects.order_by("id").values_list("at", flat=True))
    assert journal == sorted(journal)


def test_everything_is_accounted_for(built: Places) -> None:
    assert differences() == []


def test_a_second_time_changes_nothing(built: Places) -> None:
    before = Entry.objects.count()
    assert not build("sv")
    assert Entry.objects.count() == before


def test_every_way_on_the_page_leads_where_it_says(built: Places) -> None:
    """One press signs in, and what there is to try is there for that person."""
    html = Client(headers={"accept-language": "en"}).get("/try", **LOCAL).content.decode()
    ways = re.findall(r'href="(/try/(\w+)/\w+)"', html)
    assert Counter(who for _, who in ways) == dict.fromkeys(TRY_AS, 3)
    for way, who in ways:
        client = Client(headers={"accept-language": "en"})
        answer = client.get(way, follow=True, **LOCAL)
        assert answer.status_code == 200 and len(answer.redirect_chain) == 1, way
        assert answer.wsgi_request.person.id == person(who).id
    assert "People here write in Swedish" in html
    assert (
        "People here" not in Client(headers={"accept-language": "sv"}).get("/try", **LOCAL).content.decode()
    )


def test_ways_are_for_the_five_and_for_this_machine(built: Places) -> None:
    for way in ("/try/leyla/letter", "/try/vera/letter", "/try/elin/nowhere", "/try/elin/opening/x"):
        assert Client().get(way, **LOCAL).status_code == 404, way
    assert Client().get("/try/elin/letter").status_code == 404
    assert Client().get("/try/elin/letter", REMOTE_ADDR="192.0.2.7", **LOCAL).status_code == 404
