"""Writes WordPress exports of any size, as messy as real ones, always the same for the same seed."""

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TextIO

HEADER = """<?xml version="1.0" encoding="UTF-8" ?>
<!-- This is a made export. -->
<rss version="2.0"
	xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
	xmlns:content="http://purl.org/rss/1.0/modules/content/"
	xmlns:wfw="http://wellformedweb.org/CommentAPI/"
	xmlns:dc="http://purl.org/dc/elements/1.1/"
	xmlns:wp="http://wordpress.org/export/1.2/"
>
<channel>
	<title>Åvinge skriver</title>
	<link>https://blogg.example.org</link>
	<language>sv-SE</language>
	<wp:wxr_version>1.2</wp:wxr_version>
	<wp:base_blog_url>https://blogg.example.org</wp:base_blog_url>
"""
FOOTER = "</channel>\n</rss>\n"

AUTHORS = ("amina", "per-olof", "siv")
WORDS = (
    "cykel",
    "väg",
    "skola",
    "vatten",
    "park",
    "buss",
    "träd",
    "bibliotek",
    "öppet",
    "råd",
    "svar",
    "torg",
)
ATTACKS = (
    "<script>alert(1)</script>",
    '<img src=x onerror="alert(1)">',
    "<svg/onload=alert(1)>",
    '<a href="javascript:alert(1)">klicka</a>',
    '<div hx-get="/" hx-trigger="load"></div>',
    "]]]]><![CDATA[><iframe srcdoc='<script>alert(1)</script>'></iframe>",
)
# One in twenty answers is a pingback, one in forty a trackback; a few are spam, binned or waiting.
COMMENT_KINDS = ("comment",) * 20 + ("",) * 17 + ("pingback", "pingback", "trackback")
COMMENT_STATUSES = ("1",) * 36 + ("0", "0", "spam", "trash")
FIRST_DAY = datetime(2012, 1, 1, 8, 0, tzinfo=UTC)


def write_export(path: Path, *, posts: int, comments: int, seed: int = 1, words: int = 120) -> None:
    """Writes ``posts`` entries (every tenth a page) of about ``words`` words, sharing ``comments`` evenly.

    Comments answer each other up to any depth, a few before their parent stands in the file; every seventh value is
    padded with line breaks; every fifth body holds attack code.
    """
    chance = random.Random(seed)
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(HEADER)
        for number, login in enumerate(AUTHORS, start=1):
            file.write(author(number, login))
        next_comment = 1
        for post in range(1, posts + 1):
            many = comments * post // posts - comments * (post - 1) // posts
            write_entry(file, chance, post, next_comment, many, words)
            next_comment += many
        file.write(FOOTER)


def author(number: int, login: str) -> str:
    return (
        f"\t<wp:author><wp:author_id>{number}</wp:author_id><wp:author_login>{cdata(login)}</wp:author_login>"
        f"<wp:author_email>{cdata(login + '@example.org')}</wp:author_email>"
        f"<wp:author_display_name>{cdata(login.title())}</wp:author_display_name></wp:author>\n"
    )


def write_entry(
    file: TextIO, chance: random.Random, post: int, next_comment: int, comments: int, words: int
) -> None:
    written = (FIRST_DAY + timedelta(hours=post)).strftime("%Y-%m-%d %H:%M:%S")
    values = {
        "title": cdata(f"Inlägg {post}"),
        "link": f"https://blogg.example.org/?p={post}",
        "dc:creator": cdata(AUTHORS[post % len(AUTHORS)]),
        "guid": f"https://blogg.example.org/?p={post}",
        "content:encoded": cdata(body(chance, words)),
        "excerpt:encoded": cdata(""),
        "wp:post_id": str(post),
        "wp:post_date": written,
        "wp:post_date_gmt": written,
        "wp:status": "publish",
        "wp:post_parent": "0",
        "wp:post_type": "page" if post % 10 == 0 else "post",
        "wp:post_password": "",
    }
    file.write("\t<item>\n")
    file.writelines(elements(chance, values))
    for comment in shuffled_a_little(chance, range(next_comment, next_comment + comments)):
        write_comment(file, chance, comment, next_comment)
    file.write("\t</item>\n")


def write_comment(file: TextIO, chance: random.Random, comment: int, first: int) -> None:
    answers_another = comment > first and chance.random() < 0.6
    written = (FIRST_DAY + timedelta(minutes=comment)).strftime("%Y-%m-%d %H:%M:%S")
    values = {
        "wp:comment_id": str(comment),
        "wp:comment_author": cdata(f"Läsare {comment % 97}"),
        "wp:comment_author_email": f"lasare{comment % 97}@example.org",
        "wp:comment_author_url": "",
        "wp:comment_author_IP": "192.0.2.1",
        "wp:comment_date": written,
        "wp:comment_date_gmt": written,
        "wp:comment_content": cdata(body(chance, 40)),
        "wp:comment_approved": chance.choice(COMMENT_STATUSES),
        "wp:comment_type": chance.choice(COMMENT_KINDS),
        "wp:comment_parent": str(chance.randrange(first, comment)) if answers_another else "0",
        "wp:comment_user_id": "0",
    }
    file.write("\t\t<wp:comment>\n")
    file.writelines(elements(chance, values))
    file.write("\t\t</wp:comment>\n")


def elements(chance: random.Random, values: dict[str, str]) -> Iterator[str]:
    for name, value in values.items():
        padded = f"\n{value}\n" if value and chance.random() < 1 / 7 else value
        yield f"\t\t<{name}>{padded}</{name}>\n"


def body(chance: random.Random, words: int) -> str:
    text = " ".join(chance.choices(WORDS, k=words))
    return f"<p>{text}</p>\n{chance.choice(ATTACKS)}" if chance.random() < 1 / 5 else f"<p>{text}</p>"


def shuffled_a_little(chance: random.Random, numbers: range) -> list[int]:
    """Now and then two neighbours change places, so that a reply stands before what it answers."""
    order = list(numbers)
    for place in range(1, len(order)):
        if chance.random() < 0.05:
            order[place - 1], order[place] = order[place], order[place - 1]
    return order


def cdata(text: str) -> str:
    return f"<![CDATA[{text}]]>"
