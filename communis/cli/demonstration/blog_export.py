"""Karin's blog as WordPress would have exported it (WXR 1.2), from its text file."""

from datetime import date
from typing import Any
from xml.sax.saxutils import escape

from communis.cli.demonstration.days import day_ago
from communis.cli.demonstration.texts import in_language, text_file
from communis.journal.moments import as_datetime

_EXPORT = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/">
<channel>
<title>{title}</title><link>{address}</link><language>{language}</language>
<wp:wxr_version>1.2</wp:wxr_version><wp:base_blog_url>{address}</wp:base_blog_url>
<wp:author><wp:author_id>1</wp:author_id><wp:author_login>karin</wp:author_login>
<wp:author_display_name>{author}</wp:author_display_name></wp:author>
{posts}</channel>
</rss>
"""
_POST = """<item>
<title>{title}</title><link>{address}/{number}</link><dc:creator>karin</dc:creator>
<content:encoded>{words}</content:encoded>
<wp:post_id>{number}</wp:post_id><wp:post_date_gmt>{when}</wp:post_date_gmt>
<wp:post_type>post</wp:post_type><wp:status>publish</wp:status>
{comments}</item>
"""
_COMMENT = """<wp:comment>
<wp:comment_id>{number}</wp:comment_id><wp:comment_author>{who}</wp:comment_author>
<wp:comment_author_url>{site}</wp:comment_author_url><wp:comment_date_gmt>{when}</wp:comment_date_gmt>
<wp:comment_content>{words}</wp:comment_content><wp:comment_approved>1</wp:comment_approved>
<wp:comment_type>{kind}</wp:comment_type><wp:comment_parent>{parent}</wp:comment_parent>
</wp:comment>
"""


def blog_export(language: str, begins: date) -> bytes:
    """The whole file, with its dates counted back from the day ``begins``."""
    blog = text_file("blog")
    posts = ""
    first_comment = 1
    for number, post in enumerate(blog["post"], start=1):
        posts += _POST.format(
            title=escape(in_language(post["title"], language)),
            address=blog["address"],
            words=escape(in_language(post, language)),
            number=number,
            when=_written(post, begins),
            comments=_comments(post, first_comment, language, begins),
        )
        first_comment += len(comments_of(post))
    title = escape(in_language(blog["title"], language))
    author, address = escape(blog["author"]), blog["address"]
    whole = _EXPORT.format(title=title, address=address, language=language, author=author, posts=posts)
    return whole.encode()


def comments_of(post: dict[str, Any]) -> list[dict[str, Any]]:
    """What was answered to the post, in the order of the file."""
    found: list[dict[str, Any]] = post.get("comment", [])
    return found


def _comments(post: dict[str, Any], first: int, language: str, begins: date) -> str:
    written = ""
    above: list[int] = []
    for number, about in enumerate(comments_of(post), start=first):
        del above[about["level"] - 1 :]
        written += _COMMENT.format(
            number=number,
            who=escape(about["who"]),
            site=about.get("site", ""),
            when=_written(about, begins),
            words=escape(in_language(about, language)),
            kind="pingback" if about.get("pingback") else "",
            parent=above[-1] if above else 0,
        )
        above.append(number)
    return written


def _written(about: dict[str, Any], begins: date) -> str:
    return f"{as_datetime(day_ago(about['ago'], begins)):%Y-%m-%d %H:%M:%S}"
