"""A blog comes in whole, once, and only what was public there is public here."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client, override_settings

from communis.channels.importers.models import Held
from communis.channels.importers.reports import KINDS
from communis.channels.importers.wxr.importing import ImportRefused, import_wxr
from communis.conversations.activity import expected_rows
from communis.conversations.drafting import own_drafts
from communis.conversations.kinds import Kind
from communis.conversations.listing import conversations
from communis.conversations.models import Activity, Contribution, Conversation, Line, Share
from communis.conversations.reading import shares_of, thread
from communis.looking.viewers import PUBLIC_VIEWER
from tests.cast import Cast


@pytest.fixture
def theme_test(shared_data: Path) -> Path:
    return shared_data / "wxr" / "wptt-themeunittestdata.wordpress.xml"


def expectations(export: Path) -> dict[str, object]:
    expected: dict[str, object] = json.loads(
        export.with_suffix("").with_suffix(".wordpress.expected.json").read_text()
    )
    return expected


def test_a_real_blog_comes_in_whole(people: Cast, theme_test: Path) -> None:
    expected = expectations(theme_test)
    report = import_wxr(theme_test, by=people.leyla)
    assert report.refused == []
    read, added = report.as_dict()["read"], report.as_dict()["added"]
    by_status = expected["posts_by_type_status"]
    assert isinstance(by_status, dict)
    assert read["posts"] == by_status["post/publish"] + by_status["post/future"] + by_status["post/draft"]
    assert read["pages"] == by_status["page/publish"]
    assert read["pingbacks"] == read["trackbacks"] == 2
    assert added == read
    public = Share.visible.to(PUBLIC_VIEWER)
    items = expected["items"]
    assert isinstance(items, list)
    openings = sum(1 for item in items if item["status"] == "publish" and not item.get("password"))
    assert abs(public.filter(opening=True).count() - openings) <= 1  # one post asks for a password
    held = Held.objects.count()
    assert public.count() == sum(added.values()) - added["authors"] - held - len(own_drafts(by=people.leyla))


def test_links_from_elsewhere_stand_apart_and_without_a_stub(people: Cast, theme_test: Path) -> None:
    import_wxr(theme_test, by=people.leyla)
    link = Contribution.everything.filter(kind=Kind.MENTION).values("conversation_id")[:1]
    conversation = Conversation.everything.get(id__in=link).public_id
    html = Client().get(f"/conversations/{conversation}").content.decode()
    apart = html.split('id="elsewhere"')[1].split("</section>")[0]
    assert "<article" in apart and "stub" not in apart


def test_a_second_run_adds_nothing(people: Cast, theme_test: Path) -> None:
    first = import_wxr(theme_test, by=people.leyla)
    before = Contribution.everything.count(), Line.everything.count(), Held.objects.count()
    again = import_wxr(theme_test, by=people.leyla)
    assert again.as_dict()["added"] == dict.fromkeys(KINDS, 0)
    assert again.as_dict()["already_there"] == first.as_dict()["added"]
    assert (Contribution.everything.count(), Line.everything.count(), Held.objects.count()) == before


def test_a_dry_run_says_the_same_and_changes_nothing(people: Cast, theme_test: Path) -> None:
    dry = import_wxr(theme_test, by=people.leyla, dry_run=True)
    assert Contribution.everything.count() == Held.objects.count() == 0
    assert own_drafts(by=people.leyla) == []
    assert import_wxr(theme_test, by=people.leyla).as_dict() == dry.as_dict()


def test_a_killed_import_goes_on_where_it_was(people: Cast, theme_test: Path) -> None:
    class Killed(BaseException):
        pass

    def die_at(number: int) -> Callable[[int, int], None]:
        def progress(done: int, total: int) -> None:
            if done == number:
                raise Killed

        return progress

    with pytest.raises(Killed):
        import_wxr(theme_test, by=people.leyla, progress=die_at(30))
    some = Contribution.everything.count()
    rest = import_wxr(theme_test, by=people.leyla)
    assert 0 < some < Contribution.everything.count()
    whole = rest.added + rest.already_there
    assert {kind: whole[kind] for kind in KINDS} == rest.as_dict()["read"]


def test_comments_hang_where_they_hung(people: Cast, theme_test: Path) -> None:
    import_wxr(theme_test, by=people.leyla)
    deepest = 0
    for item in conversations(PUBLIC_VIEWER, 200):
        shares = shares_of(item.conversation, PUBLIC_VIEWER)
        nodes = thread(item.conversation, shares)
        assert all(node.seen is not None for node in nodes)
        deepest = max(deepest, *(node.depth for node in nodes))
    assert deepest == expectations(theme_test)["max_comment_depth"]
    assert Contribution.everything.filter(kind=Kind.MENTION).count() == 4


def test_activity_is_what_the_shares_say(people: Cast, theme_test: Path) -> None:
    import_wxr(theme_test, by=people.leyla)
    rows = {(row.conversation_id, row.principal_id): row.last_at for row in Activity.everything.all()}
    assert rows == expected_rows(Share.everything.filter(ended_at=None))


def test_a_blog_is_read_signed_out_and_its_drafts_are_not(people: Cast, theme_test: Path) -> None:
    import_wxr(theme_test, by=people.leyla)
    for item in conversations(PUBLIC_VIEWER, 5):
        assert Client().get(f"/conversations/{item.public_id}").status_code == 200
    assert {draft.person_id for draft in own_drafts(by=people.leyla)} == {people.leyla.id}


def test_a_broken_file_adds_nothing_and_says_where(people: Cast, theme_test: Path, tmp_path: Path) -> None:
    cut = tmp_path / "cut.xml"
    cut.write_bytes(theme_test.read_bytes()[:300_000])
    with pytest.raises(ImportRefused, match=r"line \d+"):
        import_wxr(cut, by=people.leyla)
    assert Contribution.everything.count() == 0


@override_settings(PUBLIC_RUNG=False)
def test_where_nothing_is_open_to_all_no_blog_comes_in(people: Cast, theme_test: Path) -> None:
    with pytest.raises(ImportRefused):
        import_wxr(theme_test, by=people.leyla)
    assert Contribution.everything.count() == 0
