"""Every export in the folder of real inputs, against its gold counts or against a second, independent reader."""

import json
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree

import pytest

from communis.channels.importers.wxr.reading import inspect, read
from communis.channels.importers.wxr.records import Author, Comment, Entry, Malformed, Refusal

# WordPress refuses these three as well.
REFUSED = {
    "wp-importer/invalid-version-tag.xml": 33,
    "wp-importer/missing-version-tag.xml": 89,
    "wp-importer/malformed-simple.xml": 14,
}
READABLE = [
    "wptt-64-block-test-data.xml",
    "wptt-themeunittestdata.wordpress.xml",
    *(
        f"wp-importer/{name}.xml"
        for name in (
            "a11y-unit-test-data",
            "authors-multiline",
            "backslashes",
            "chunked-meta",
            "crazy-cdata-escaped",
            "e2e-wxr-simple",
            "slashes",
            "small-export",
            "test-serialized-postmeta-no-cdata",
            "test-serialized-postmeta-with-cdata",
            "test-utw-post-meta-import",
            "valid-wxr-1.0",
            "valid-wxr-1.1",
            "wxr-simple",
            "wxr-utf-8-challenges",
        )
    ),
]
APPROVED = {"1": "approved", "0": "unapproved", "": "unapproved"}


@pytest.fixture
def exports(shared_data: Path) -> Path:
    return shared_data / "wxr"


def entries_of(path: Path) -> list[Entry]:
    return [record for record in read(path) if isinstance(record, Entry)]


def depth(comment: Comment, by_id: dict[int, Comment]) -> int:
    return 1 if comment.parent_id is None else 1 + depth(by_id[comment.parent_id], by_id)


def test_every_file_of_the_folder_is_judged(exports: Path) -> None:
    there = {str(path.relative_to(exports)) for path in exports.rglob("*.xml")}
    assert there == {*READABLE, *REFUSED}


@pytest.mark.parametrize("name", READABLE[:2])
def test_the_gold_counts(exports: Path, name: str) -> None:
    path = exports / name
    gold = json.loads(path.with_suffix(".expected.json").read_text())
    records = list(read(path))
    entries = [record for record in records if isinstance(record, Entry)]
    comments = [comment for entry in entries for comment in entry.comments]

    assert not [record for record in records if isinstance(record, Refusal)]
    assert sum(isinstance(record, Author) for record in records) == gold["authors"]
    assert len(entries) == gold["items_total"]
    assert (
        Counter(f"{entry.wordpress_type}/{entry.status}" for entry in entries) == gold["posts_by_type_status"]
    )
    assert len(comments) == gold["comments_total"]
    assert Counter(comment.kind for comment in comments) == gold["comments_by_type"]
    approved = {
        status: gold["comments_by_approved"].get(said, 0)
        for said, status in (("1", "approved"), ("0", "unapproved"))
    }
    assert Counter({key: count for key, count in approved.items() if count}) == Counter(
        c.status for c in comments
    )
    assert sum(comment.parent_id is not None for comment in comments) == gold["replies_with_parent"]
    by_id = {comment.wordpress_id: comment for comment in comments}
    assert max(depth(comment, by_id) for comment in comments) == gold["max_comment_depth"]

    listed = {item["post_id"]: item for item in gold["items"]}
    seen = {str(entry.wordpress_id): entry for entry in entries if str(entry.wordpress_id) in listed}
    assert seen.keys() == listed.keys()
    for number, item in listed.items():
        entry = seen[number]
        assert (entry.title, entry.wordpress_type, entry.status) == (
            item["title"],
            item["type"],
            item["status"],
        )
        if not item["date_gmt"].startswith("0000"):
            assert entry.written_at is not None
            assert entry.written_at.strftime("%Y-%m-%d %H:%M:%S") == item["date_gmt"]
        told = {
            (str(c.wordpress_id), str(c.parent_id or 0), c.kind.value, c.status, c.author_name)
            for c in entry.comments
        }
        expected = {
            (c["id"], c["parent"], c["type"], APPROVED[c["approved"]], c["author"]) for c in item["comments"]
        }
        assert told == expected


def test_the_report_of_the_theme_test_data(exports: Path) -> None:
    counts = inspect(exports / "wptt-themeunittestdata.wordpress.xml").counts.as_dict()
    assert {kind: count for kind, count in counts.items() if count} == {
        "posts": 58,
        "pages": 21,
        "comments": 29,
        "pingbacks": 2,
        "trackbacks": 2,
        "authors": 2,
        "drafts": 3,  # one draft, one to be published in the future, one behind a password
        "unapproved": 3,
        "attachments": 37,
        "menu_items": 70,
    }


@pytest.mark.parametrize("name", READABLE)
def test_a_second_reader_finds_the_same(exports: Path, name: str) -> None:
    path = exports / name
    items = ElementTree.parse(path).getroot().findall("channel/item")
    entries = entries_of(path)

    assert [str(entry.wordpress_id) for entry in entries] == [value(item, "post_id") for item in items]
    for entry, item in zip(entries, items, strict=True):
        assert entry.title == (item.findtext("title") or "").strip()
        assert entry.body == value(item, "encoded", "/content/")
        assert entry.excerpt == value(item, "encoded", "/excerpt/")
        assert entry.wordpress_type == value(item, "post_type")
        assert entry.status == (value(item, "status") or "draft")
        assert entry.protected == bool(value(item, "post_password"))
        assert entry.sticky == (value(item, "is_sticky") == "1")
        assert entry.attachment_url == value(item, "attachment_url")
        told = [
            item_date
            for item_date in (value(item, "post_date_gmt"), value(item, "post_date"))
            if item_date > "0001"
        ]
        assert entry.written_at is None if not told else str(entry.written_at) == f"{told[0]}+00:00"
        assert sorted(comment_of(comment) for comment in entry.comments) == sorted(
            (
                int(value(comment, "comment_id")),
                int(value(comment, "comment_parent") or 0),
                value(comment, "comment_type") or "comment",
                APPROVED[value(comment, "comment_approved")],
                value(comment, "comment_author"),
                value(comment, "comment_content"),
                f"{value(comment, 'comment_date_gmt')}+00:00"
                if value(comment, "comment_date_gmt")
                else "None",
            )
            for comment in item
            if comment.tag.endswith("}comment") and "wordpress.org" in comment.tag
        )


def value(element: ElementTree.Element, name: str, namespace: str = "wordpress.org/export") -> str:
    for child in element:
        if child.tag.endswith("}" + name) and namespace in child.tag:
            return (child.text or "").strip()
    return ""


def comment_of(comment: Comment) -> tuple[int, int, str, str, str, str, str]:
    return (
        comment.wordpress_id,
        comment.parent_id or 0,
        comment.kind.value,
        comment.status.value,
        comment.author_name,
        comment.body,
        str(comment.written_at),
    )


@pytest.mark.parametrize("name", READABLE)
def test_no_address_of_a_commenter_is_kept(exports: Path, name: str) -> None:
    channel = ElementTree.parse(exports / name).getroot().find("channel")
    assert channel is not None
    private = {
        (element.text or "").strip()
        for element in channel.iter()
        if element.tag.endswith(("}comment_author_email", "}comment_author_IP", "}author_email"))
    } - {""}
    kept = repr([record for record in read(exports / name)])
    # An address that its writer also put into the words of an entry is part of what was said.
    said = "".join(
        (element.text or "") for element in channel.iter() if element.tag.endswith(("}encoded", "_content"))
    )
    assert [address for address in private if address in kept and address not in said] == []


@pytest.mark.parametrize(("name", "line"), REFUSED.items())
def test_what_wordpress_refuses_is_refused_with_its_line(exports: Path, name: str, line: int) -> None:
    with pytest.raises(Malformed) as refused:
        inspect(exports / name)
    assert refused.value.line == line
    assert entries_of_until_refused(exports / name) == []


def entries_of_until_refused(path: Path) -> list[Entry]:
    entries = []
    try:
        for record in read(path):
            if isinstance(record, Entry):
                entries.append(record)
    except Malformed:
        return entries
    raise AssertionError("the file was read to its end")


@pytest.mark.parametrize("name", ["wptt-themeunittestdata.wordpress.xml", "wp-importer/valid-wxr-1.0.xml"])
def test_cut_anywhere_it_is_refused_with_its_line(exports: Path, tmp_path: Path, name: str) -> None:
    whole = (exports / name).read_bytes()
    complete = whole.rindex(b"</rss>") + len(b"</rss>")
    cut = tmp_path / "cut.xml"
    places = [complete * step // 200 for step in range(200)] + [complete - 1, complete - 6]
    for place in places:
        cut.write_bytes(whole[:place])
        with pytest.raises(Malformed) as refused:
            inspect(cut)
        assert refused.value.line == whole[:place].count(b"\n") + 1, f"cut at {place}"
        assert "ends" in refused.value.why or place == 0
    for place in range(complete, len(whole) + 1):
        cut.write_bytes(whole[:place])
        assert inspect(cut).counts == inspect(exports / name).counts
