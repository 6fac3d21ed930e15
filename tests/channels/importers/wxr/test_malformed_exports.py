"""Files that are refused whole, each with its line and a reason a person understands (trust T24)."""

import gzip
from collections.abc import Callable
from pathlib import Path

import pytest

from communis.channels.importers.wxr.reading import inspect, read
from communis.channels.importers.wxr.records import Entry, Malformed
from tests.channels.importers.wxr.conftest import FOOTER, HEADER, ITEM, OWN

Write = Callable[[str | bytes], Path]

WHOLE = HEADER + ITEM % ("Text", "") + FOOTER
BODY_LINE = WHOLE[: WHOLE.index("Text")].count("\n") + 1
DECLARATION = '<?xml version="1.0"?>\n'
RSS = WHOLE.replace('<?xml version="1.0" encoding="UTF-8"?>\n', "")

XXE = '<!DOCTYPE rss [<!ENTITY xxe SYSTEM "file:///etc/passwd">]>\n'
LAUGHS = "<!DOCTYPE rss [<!ENTITY a 'ha'>" + "".join(
    f"<!ENTITY {name} '{('&' + before + ';') * 10}'>"
    for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)
QUADRATIC = f"<!DOCTYPE rss [<!ENTITY a '{'x' * 50_000}'>]>\n"
NOTHING = "there is no wp:wxr_version before this, so this is not a WordPress export"


def refusal(path: Path) -> tuple[int, str]:
    with pytest.raises(Malformed) as refused:
        inspect(path)
    assert str(refused.value) == f"line {refused.value.line}: {refused.value.why}"
    return refused.value.line, refused.value.why


@pytest.mark.parametrize(
    ("content", "line", "why"),
    [
        pytest.param("", 1, "the file is empty", id="empty"),
        pytest.param("\n \n", 3, "the file is empty", id="blank"),
        pytest.param("Warning: mysql_connect()", 1, "begins with “Warning: mysql_connect()”", id="not XML"),
        pytest.param('\n{"posts": []}', 2, "this is not XML", id="JSON"),
        pytest.param(gzip.compress(WHOLE.encode()), 1, "the file is packed", id="packed"),
        pytest.param(b"PK\x03\x04rest", 1, "the file is packed", id="zip"),
        pytest.param(WHOLE.encode("utf-16"), 1, "UTF-16", id="UTF-16"),
        pytest.param(WHOLE.encode("utf-16-le"), 1, "UTF-16", id="UTF-16 without mark"),
        pytest.param(WHOLE.replace("UTF-8", "EBCDIC-SE"), 1, "“EBCDIC-SE”; save it as UTF-8", id="encoding"),
        pytest.param("\n<!DOCTYPE html>\n<html><p>x", 2, "web page", id="HTML"),
        pytest.param("<HTML><BODY>Hej", 1, "web page", id="old HTML"),
        pytest.param(DECLARATION + "<html xmlns='http://www.w3.org/1999/xhtml'/>", 2, "web page", id="XHTML"),
        pytest.param("<feed/>", 1, "begins with <feed> instead of <rss>", id="Atom"),
        pytest.param("<rss></rss>", 1, "no <channel>", id="no channel"),
        pytest.param("<rss>\n<channel>\n<item/></channel></rss>", 3, NOTHING, id="plain RSS"),
        pytest.param("<rss>\n<channel>\n</channel></rss>", 3, NOTHING, id="empty RSS"),
        pytest.param(WHOLE.replace("1.2</wp", "2.0</wp"), 5, "wp:wxr_version is “2.0”", id="version 2"),
        pytest.param(WHOLE.replace("1.2</wp", "</wp"), 5, "wp:wxr_version is “”", id="version empty"),
        pytest.param(WHOLE + "\n<b/>", WHOLE.count("\n") + 2, "after the end of the export", id="junk after"),
        pytest.param(
            WHOLE + "<!-- x", WHOLE.count("\n") + 1, "ends in the middle of something after", id="cut after"
        ),
        pytest.param(WHOLE.replace("<title>One", "<title>A&nbsp;b"), 6, "&…;", id="HTML entity"),
        pytest.param(WHOLE.replace("<title>One", "<x:title>One"), 6, "not declared", id="prefix"),
        pytest.param(
            WHOLE.replace("</title><wp:post_id>", "<wp:post_id>"), 7, "closed than <title>", id="tags"
        ),
        pytest.param(WHOLE.replace("<title>One", "<title>5 < 6"), 6, "not well-formed XML", id="bare <"),
        pytest.param(XXE + RSS.replace("One", "&xxe;"), 1, "declares a document type", id="external entity"),
        pytest.param(LAUGHS + "]>\n" + RSS.replace("One", "&i;"), 1, "declares a document type", id="laughs"),
        pytest.param(
            QUADRATIC + RSS.replace("One", "&a;" * 9999), 1, "declares a document type", id="quadratic"
        ),
        pytest.param(
            '\n<!DOCTYPE rss SYSTEM "http://192.0.2.1/x.dtd">\n' + RSS,
            2,
            "declares a document type",
            id="external DTD",
        ),
        pytest.param(
            DECLARATION + '<!DOCTYPE rss [<!ENTITY % p SYSTEM "http://192.0.2.1/x">%p;]>' + RSS,
            2,
            "declares a document type",
            id="parameter entity",
        ),
    ],
)
def test_refused_with_line_and_reason(written: Write, content: str | bytes, line: int, why: str) -> None:
    told_line, told_why = refusal(written(content))
    assert (told_line, why in told_why) == (line, True), (told_line, told_why)


def test_a_saved_web_page(tmp_path: Path) -> None:
    line, why = refusal(OWN / "saved-page.xml")
    assert (line, why.split(",")[0]) == (2, "this is a web page (HTML)")


@pytest.mark.parametrize(
    ("until", "what"),
    [
        ("<item>", "the export, between its entries"),
        ("Text", "an entry"),
        ("<wp:comment_id>", "a comment"),
        ("<wp:author_login>", "an author"),
        ("<rss version", "something that should be the export"),
    ],
)
def test_a_cut_file_says_where_it_broke_off(written: Write, until: str, what: str) -> None:
    author = "<wp:author><wp:author_login>amina</wp:author_login></wp:author>\n<item>"
    comment = "<wp:comment><wp:comment_id>1</wp:comment_id></wp:comment>"
    whole = (HEADER + ITEM % ("Text", comment) + FOOTER).replace("<item>", author)
    cut = whole[: whole.index(until)]
    assert refusal(written(cut)) == (cut.count("\n") + 1, f"the file ends in the middle of {what}")


def test_no_cut_of_a_messy_export_is_taken_for_whole(tmp_path: Path) -> None:
    whole = (OWN / "messy.xml").read_bytes()
    complete = whole.rindex(b"</rss>") + len(b"</rss>")
    cut = tmp_path / "cut.xml"
    for place in range(0, complete, 37):
        cut.write_bytes(whole[:place])
        line, why = refusal(cut)
        assert line == whole[:place].count(b"\n") + 1
        assert why.startswith(("the file ends in the middle", "the file is empty"))


def test_elements_nested_too_deep(written: Write) -> None:
    deep = "\n".join(["<x>"] * 40 + ["</x>"] * 40)
    line, why = refusal(written(HEADER + ITEM % ("Text", deep) + FOOTER))
    assert (line, why) == (BODY_LINE + 29, "elements are nested more than 32 deep")


@pytest.mark.parametrize("element", ["content:encoded", "wp:post_content_filtered"])
def test_a_value_of_more_than_20_mebibytes(written: Write, element: str) -> None:
    fits, too_long = ("x" * (20 * 1024 * 1024 + more) for more in (0, 1))
    value = f"<{element}>%s</{element}>"
    assert inspect(written(HEADER + ITEM % ("Text", value % fits) + FOOTER)).counts.posts == 1
    line, why = refusal(written(HEADER + ITEM % ("Text", "\n" + value % too_long) + FOOTER))
    assert (line, why) == (BODY_LINE + 1, "one value is longer than 20 MiB")


@pytest.mark.parametrize("markup", ["<!--%s-->", '<x y="%s"/>', "<%s/>", "<?x %s?>"])
def test_a_tag_or_comment_of_more_than_a_mebibyte(written: Write, markup: str) -> None:
    line, why = refusal(written(HEADER + ITEM % ("Text", markup % ("x" * 3_000_000)) + FOOTER))
    assert line == BODY_LINE
    assert why in (
        "a tag or comment is longer than 1 MiB",
        "there are too many different element names for an export",
    )


def test_names_without_end(written: Write) -> None:
    many = "".join(f"<name-{number}/>" for number in range(50_000))
    line, why = refusal(written(HEADER + ITEM % ("Text", many) + FOOTER))
    assert (line, why) == (BODY_LINE, "there are too many different element names for an export")


def test_an_entry_with_comments_without_end(written: Write) -> None:
    comment = "<wp:comment><wp:comment_id>%d</wp:comment_id></wp:comment>\n"
    many = "".join(comment % number for number in range(1, 300_001))
    _, why = refusal(written(HEADER + ITEM % ("Text", many) + FOOTER))
    assert why == "one entry with its comments is longer than 96 MiB"


def test_reading_gives_nothing_of_an_entry_that_breaks_off(written: Write) -> None:
    records = []
    with pytest.raises(Malformed):
        for record in read(written(HEADER + ITEM % ("Text", "<wp:comment>"))):
            records.append(record)
    assert not [record for record in records if isinstance(record, Entry)]


def test_a_missing_file_is_the_callers_to_explain(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        inspect(tmp_path / "nowhere.xml")
