"""What comes of the awkward parts of a blog: where answers hang, what waits, what cannot be used."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from bench.made_export import write_export
from communis.channels.importers.models import Held, Imported
from communis.channels.importers.wxr.importing import ImportRefused, import_wxr
from communis.conversations.drafting import own_drafts
from communis.conversations.models import Contribution, Conversation, Revision, Share
from communis.conversations.safe_html import clean_html
from communis.looking.viewers import PUBLIC_VIEWER
from communis.people.models import OutsideName
from tests.cast import Cast
from tests.channels.importers.wxr.conftest import FOOTER, HEADER, ITEM
from tests.conversations.inspection import faults

Written = Callable[[str | bytes], Path]


def comment(number: int, parent: int, status: str, text: str = "", name: str = "Siv") -> str:
    return (
        f"<wp:comment><wp:comment_id>{number}</wp:comment_id><wp:comment_author>{name}</wp:comment_author>"
        f"<wp:comment_content><![CDATA[{text or f'Svar {number}'}]]></wp:comment_content>"
        f"<wp:comment_approved>{status}</wp:comment_approved><wp:comment_parent>{parent}</wp:comment_parent>"
        "</wp:comment>"
    )


def export(*comments: str, body: str = "Hej") -> str:
    return HEADER + ITEM % (body, "".join(comments)) + FOOTER


def parent_of(key: str) -> str:
    above = Contribution.everything.get(id=contribution(key)).parent_id
    return Imported.objects.get(contribution_id=above).key


def contribution(key: str) -> int:
    number = Imported.objects.get(key=key).contribution_id
    assert number is not None
    return number


def test_answers_to_what_is_not_shown_hang_on_the_nearest_above(people: Cast, written: Written) -> None:
    path = written(
        export(
            comment(1, 0, "1"),
            comment(2, 1, "spam"),
            comment(3, 2, "1"),
            comment(4, 3, "0"),
            comment(5, 4, "trash"),
            comment(6, 5, "1"),
            comment(7, 5, "0"),
        )
    )
    report = import_wxr(path, by=people.leyla)
    assert (report.added["comments"], report.held["comments"], report.refused_total) == (5, 2, 0)
    assert parent_of("comment:3") == "comment:1"
    assert parent_of("comment:6") == "comment:3"
    assert Held.objects.get(imported__key="comment:7").below == "comment:4"


def test_what_was_added_later_comes_below_and_what_was_edited_is_not_doubled(
    people: Cast, written: Written
) -> None:
    import_wxr(written(export(comment(1, 0, "1"))), by=people.leyla)
    later = written(export(comment(1, 0, "1"), comment(2, 1, "1"), body="Hej, rättat"))
    report = import_wxr(later, by=people.leyla)
    assert (dict(report.added), report.already_there["posts"]) == ({"comments": 1}, 1)
    assert parent_of("comment:2") == "comment:1"
    assert Conversation.everything.count() == 1 and Contribution.everything.count() == 3


def test_comments_of_an_entry_that_is_a_draft_here_wait_even_when_it_is_published_there(
    people: Cast, written: Written
) -> None:
    draft = export(comment(1, 0, "1")).replace("publish", "draft")
    import_wxr(written(draft), by=people.leyla)
    report = import_wxr(written(export(comment(1, 0, "1"), comment(2, 0, "1"))), by=people.leyla)
    assert report.held["comments"] == 1 and Held.objects.count() == 2
    assert len(own_drafts(by=people.leyla)) == 1 and Contribution.everything.count() == 0


@pytest.mark.parametrize(
    "change",
    [
        ("<wp:post_type>post", "<wp:post_type>event"),
        ("</item>", "<wp:post_password>x</wp:post_password></item>"),
    ],
)
def test_other_kinds_and_protected_posts_are_drafts(
    people: Cast, written: Written, change: tuple[str, str]
) -> None:
    report = import_wxr(written(export(comment(1, 0, "1")).replace(*change)), by=people.leyla)
    assert len(own_drafts(by=people.leyla)) == sum(report.drafts.values()) == 1
    assert Held.objects.count() == 1 and not Share.visible.to(PUBLIC_VIEWER).exists()


def test_what_is_too_long_is_refused_by_its_line_and_the_rest_comes(people: Cast, written: Written) -> None:
    many = "o" * 2_000_001
    report = import_wxr(
        written(export(comment(1, 0, "1", many), comment(2, 1, "1", name="N" * 5000))), by=people.leyla
    )
    assert re.fullmatch(r"line \d+, comment 1 of entry 1|rad .*", report.refused[0]["where"])
    assert (report.refused_total, dict(report.added)) == (1, {"posts": 1, "comments": 1})
    assert parent_of("comment:2") == "entry:1"
    assert max(len(name) for name in OutsideName.objects.values_list("name", flat=True)) == 200


def test_a_post_that_is_too_long_is_refused_with_its_comments(people: Cast, written: Written) -> None:
    path = written(export(comment(1, 0, "1"), body="o" * 2_000_001))
    dry = import_wxr(path, by=people.leyla, dry_run=True)
    report = import_wxr(path, by=people.leyla)
    assert report.as_dict() == dry.as_dict()
    assert report.refused_total == 1 and not report.added and Contribution.everything.count() == 0


def test_titles_and_bodies_are_inert(people: Cast, written: Written, tmp_path: Path) -> None:
    made = tmp_path / "made.xml"
    write_export(made, posts=20, comments=200)
    attack = "<![CDATA[Kaffe <b>& te</b> <script>alert(1)</script><img src=x onerror=alert(1)>]]>"
    import_wxr(made, by=people.leyla)
    import_wxr(written(export().replace("<title>One", f"<title>{attack}")), by=people.leyla)
    words = list(Revision.everything.values_list("html", flat=True))
    words += Held.objects.values_list("html", flat=True)
    assert len(words) > 200
    assert [fault for html in words for fault in faults(html)] == []
    assert [html for html in words if clean_html(html, limit=10**7) != html] == []
    assert any(html.startswith("<h3>Kaffe &amp; te") for html in words)


def test_an_export_that_does_not_say_whose_it_is_adds_nothing(people: Cast, written: Written) -> None:
    with pytest.raises(ImportRefused):
        import_wxr(written(export().replace("<title>Blog</title>", "")), by=people.leyla)
    assert Contribution.everything.count() == 0


def test_a_post_with_thousands_of_comments_comes_whole(people: Cast, tmp_path: Path) -> None:
    path = tmp_path / "made.xml"
    write_export(path, posts=1, comments=2_000)
    report = import_wxr(path, by=people.leyla)
    assert Conversation.everything.count() == 1
    assert Contribution.everything.count() + Held.objects.count() == sum(report.added.values()) - 3
    again = import_wxr(path, by=people.leyla)
    assert not again.added and again.already_there == report.added
