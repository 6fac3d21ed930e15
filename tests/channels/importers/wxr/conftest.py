"""Small exports written by the tests themselves."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.utils import translation

OWN = Path(__file__).parents[3] / "data" / "wxr"

HEADER = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:wp="http://wordpress.org/export/1.2/">
<channel><title>Blog</title><wp:wxr_version>1.2</wp:wxr_version>
"""
FOOTER = "</channel>\n</rss>\n"
ITEM = """<item><title>One</title><wp:post_id>1</wp:post_id><wp:post_type>post</wp:post_type>
<wp:status>publish</wp:status><content:encoded><![CDATA[%s]]></content:encoded>%s</item>
"""


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """Reasons are compared word by word, and told in the language of whoever asks."""
    with translation.override("en"):
        yield


@pytest.fixture
def written(tmp_path: Path) -> Callable[[str | bytes], Path]:
    """Puts text or bytes into a file and tells where."""

    def write(content: str | bytes) -> Path:
        path = tmp_path / "export.xml"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write
