"""What real exports get wrong and what can be read all the same."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from communis.channels.importers.wxr.reading import inspect, read
from communis.channels.importers.wxr.records import (
    Author,
    Comment,
    CommentKind,
    CommentStatus,
    Entry,
    EntryKind,
    EntryStatus,
    Refusal,
    Site,
)
from tests.channels.importers.wxr.conftest import FOOTER, HEADER, ITEM, OWN

Write = Callable[[str | bytes], Path]


@pytest.fixture(scope="module")
def entries() -> dict[int, Entry]:
    records = read(OWN / "messy.xml")
    return {record.wordpress_id: record for record in records if isinstance(record, Entry)}


@pytest.fixture(scope="module")
def comments(entries: dict[int, Entry]) -> dict[int, Comment]:
    return {comment.wordpress_id: comment for comment in entries[10].comments}


def test_the_order_of_records() -> None:
    records = list(read(OWN / "messy.xml"))
    assert records[0] == Site("Åvinge skriver", "https://blogg.example.org", "Om Åvinge", "sv-SE", "1.1")
    assert records[1] == Author("amina", "Amina Å", 7)
    author, page = (
        records.index(Author("per-olof", "per-olof", None)),
        [getattr(record, "wordpress_id", 0) for record in records].index(20),
    )
    assert author == page - 1


def test_the_whole_file_is_counted() -> None:
    summary = inspect(OWN / "messy.xml")
    assert summary.counts.as_dict() == {
        "posts": 7,
        "pages": 1,
        "comments": 11,
        "pingbacks": 1,
        "trackbacks": 1,
        "authors": 2,
        "other_entries": 1,
        "other_comments": 1,
        "drafts": 6,
        "unapproved": 2,
        "attachments": 1,
        "menu_items": 1,
        "machinery": 1,
        "spam": 1,
        "bin": 4,
        "comments_left_out": 1,
    }
    assert (summary.refused, summary.broken_parents, summary.repaired) == ((), 4, 3)


def test_padding_control_characters_and_split_cdata(entries: dict[int, Entry]) -> None:
    entry = entries[10]
    assert entry.title == "Cykelväg till skolan"
    assert entry.body == "<p>Ett tecken och en ]]> mitt i.</p><script>alert(1)</script>"
    assert entry.excerpt == "Kort \ufffd"
    assert (entry.kind, entry.status, entry.sticky) == (EntryKind.POST, EntryStatus.PUBLISH, True)
    assert (entry.categories, entry.tags) == (("Trafik",), ("cykel",))
    assert entry.link == entry.guid == "https://blogg.example.org/?p=10"


def test_dates(entries: dict[int, Entry], comments: dict[int, Comment]) -> None:
    assert entries[10].written_at == datetime(2024, 6, 5, 16, 4, 48, tzinfo=UTC)
    assert entries[22].written_at == datetime(2024, 6, 5, 18, 4, 48, tzinfo=UTC), (
        "zeros: the blog's own clock"
    )
    assert entries[33].written_at == datetime(2024, 6, 5, 16, 4, 48, tzinfo=UTC), "only the RSS date, in UTC"
    assert entries[24].written_at is None
    assert comments[1].written_at == datetime(2024, 6, 6, 6, 0, tzinfo=UTC)
    assert comments[17].written_at == datetime(2024, 6, 6, 8, 0, tzinfo=UTC)


def test_parents_come_first_and_broken_ones_go_to_the_top(entries: dict[int, Entry]) -> None:
    parents = [(comment.wordpress_id, comment.parent_id) for comment in entries[10].comments]
    # 3 stood before its parent 2; 4 answers nobody; 5, 6 and 7 go in a ring, 8 answers itself.
    assert parents[:8] == [(1, None), (2, 1), (3, 2), (4, None), (5, None), (7, 5), (6, 7), (8, None)]
    assert parents[-1] == (18, None)
    assert entries[10].broken_parents == 4  # 4, 5, 8, 18


def test_kinds_and_statuses_of_comments(comments: dict[int, Comment]) -> None:
    assert [comments[number].kind for number in (1, 2, 9, 11, 12)] == [
        CommentKind.COMMENT,
        CommentKind.COMMENT,
        CommentKind.PINGBACK,
        CommentKind.TRACKBACK,
        CommentKind.OTHER,
    ]
    assert [comments[number].status for number in (1, 13, 14, 15, 16)] == [
        CommentStatus.APPROVED,
        CommentStatus.UNAPPROVED,
        CommentStatus.SPAM,
        CommentStatus.BIN,
        CommentStatus.BIN,
    ]
    assert [number for number, comment in comments.items() if not comment.is_public] == [12, 13, 14, 15, 16]
    assert [number for number, comment in comments.items() if comment.left_out] == [14, 15, 16]


def test_only_published_unprotected_posts_and_pages_are_public(entries: dict[int, Entry]) -> None:
    assert [number for number, entry in entries.items() if entry.is_public] == [10, 20, 33]
    assert [number for number, entry in entries.items() if entry.left_out] == [26, 27, 28, 32]
    assert entries[21].protected
    assert "hemligt" not in repr(entries[21])
    assert (entries[27].attachment_url, entries[27].parent_id) == ("https://blogg.example.org/bild.jpg", 10)


def test_no_address_of_a_commenter_is_kept(comments: dict[int, Comment]) -> None:
    kept = repr(list(read(OWN / "messy.xml")))
    assert "@example.org" not in kept
    assert "192.0.2.77" not in kept
    assert comments[17].author_name == "hidden-address"
    assert comments[9].author_url == "https://annan.example.org/1"
    assert {comments[11].author_url, comments[17].author_url} == {""}


def test_an_unusable_value_refuses_its_own_entry_or_comment_only() -> None:
    records = list(read(OWN / "refused.xml"))
    assert [(refusal.where, refusal.why) for refusal in records if isinstance(refusal, Refusal)] == [
        (
            "line 39, comment 2 of entry 1",
            "wp:comment_date_gmt is “2024-13-45 08:00:00”, which is not a date",
        ),
        ("line 69, comment 1 of entry 1", "the entry has another comment with this number"),
        ("line 84, comment ? of entry 1", "wp:comment_id is missing"),
        ("line 99, comment 5 of entry 1", "wp:comment_approved is “maybe”, which is unknown"),
        (
            "line 115, entry 2",
            "wp:status is “wc-completed”, which is unknown; its comments are refused with it (1)",
        ),
        ("line 141, entry 3", "wp:post_date_gmt is “in June”, which is not a date"),
        ("line 152, entry ?", "wp:post_id is missing"),
        ("line 163, entry 4x", "wp:post_id is “4x”, which is not a number"),
        ("line 174, entry 5", "the text of content:encoded holds elements; it has to be escaped"),
        ("line 196, author", "wp:author_login is missing"),
    ]
    kept = {record.wordpress_id: record for record in records if isinstance(record, Entry)}
    assert list(kept) == [1, 6]
    assert [(comment.wordpress_id, comment.parent_id) for comment in kept[1].comments] == [
        (1, None),
        (3, None),
    ]
    assert kept[1].broken_parents == 1
    summary = inspect(OWN / "refused.xml")
    assert summary.refused == tuple(record for record in records if isinstance(record, Refusal))
    assert summary.refused_total == 10


@pytest.mark.parametrize(
    "namespace",
    [
        "http://wordpress.org/export/1.0/",
        "http://wordpress.org/export/1.1/",
        "https://wordpress.org/export/1.2/",
        "http://wordpress.org/export/1.2",
        "http://www.wordpress.org/export/1.2/",
    ],
)
def test_namespaces_of_every_version(written: Write, namespace: str) -> None:
    text = (HEADER + ITEM % ("Text", "") + FOOTER).replace("http://wordpress.org/export/1.2/", namespace)
    entry = list(read(written(text.replace("wp:", "w:").replace("xmlns:wp", "xmlns:w"))))[-1]
    assert isinstance(entry, Entry)
    assert (entry.wordpress_id, entry.body) == (1, "Text")


@pytest.mark.parametrize("before", ["\ufeff", "\n\n \n", "\ufeff\r\n\ufeff\n", "<!-- made -->\n"])
def test_what_may_stand_before_the_declaration(written: Write, before: str) -> None:
    text = HEADER + ITEM % ("Text", "") + FOOTER
    if before.startswith("<"):
        text = text.replace('<?xml version="1.0" encoding="UTF-8"?>\n', "")
    entry = list(read(written(before + text)))[-1]
    assert isinstance(entry, Entry)
    assert entry.line == (before + text)[: (before + text).index("<item>")].count("\n") + 1


@pytest.mark.parametrize("encoding", ["UTF-8", "utf8", "ISO-8859-1", "windows-1252", "US-ASCII"])
def test_declared_encodings(written: Write, encoding: str) -> None:
    text = (HEADER + ITEM % ("Åvinge", "") + FOOTER).replace("UTF-8", encoding)
    codec = "utf-8" if encoding == "US-ASCII" else encoding
    entry = list(read(written(text.encode(codec))))[-1]
    assert isinstance(entry, Entry)
    assert entry.body == "Åvinge"


@pytest.mark.parametrize("shift", range(6))
def test_characters_split_between_two_pieces_survive(written: Write, shift: int) -> None:
    long = "x" * shift + "åäö😀\ufffd" * 40_000
    path = written(HEADER + ITEM % (long, "") + FOOTER)
    entry = list(read(path))[-1]
    assert isinstance(entry, Entry)
    assert entry.body == long
    assert inspect(path).repaired == 0, "a replacement character that the export holds itself is no repair"


def test_each_wrong_byte_and_forbidden_character_is_counted(written: Write) -> None:
    body = (
        b"a\x00b\x01c\xffd\xed\xa0\x80e\xef\xbf\xbef"  # controls, a stray byte, half a surrogate pair, U+FFFE
    )
    path = written((HEADER + ITEM % ("HERE", "") + FOOTER).encode().replace(b"HERE", body))
    entry = list(read(path))[-1]
    assert isinstance(entry, Entry)
    assert entry.body == "abc\ufffdd\ufffd\ufffd\ufffdef"
    assert inspect(path).repaired == 7


def test_attack_code_comes_through_as_text_for_the_sanitiser(written: Write) -> None:
    entry = list(read(written(HEADER + ITEM % ('<img src=x onerror="alert(1)">&amp;&xxe;', "") + FOOTER)))[-1]
    assert isinstance(entry, Entry)
    assert entry.body == '<img src=x onerror="alert(1)">&amp;&xxe;'


def test_a_deep_thread_of_ten_thousand(written: Write) -> None:
    thread = "".join(
        f"<wp:comment><wp:comment_id>{number}</wp:comment_id><wp:comment_parent>{number + 1}</wp:comment_parent>"
        "<wp:comment_approved>1</wp:comment_approved></wp:comment>"
        for number in range(1, 10_000)
    )
    last = "<wp:comment><wp:comment_id>10000</wp:comment_id></wp:comment>"
    entry = list(read(written(HEADER + ITEM % ("Text", thread + last) + FOOTER)))[-1]
    assert isinstance(entry, Entry)
    assert [comment.wordpress_id for comment in entry.comments] == list(range(10_000, 0, -1))
    assert entry.broken_parents == 0


def test_an_export_without_entries_is_an_export(written: Write) -> None:
    assert list(read(written(HEADER + FOOTER))) == [Site("Blog", "", "", "", "1.2")]
