"""A blog of one post, as WordPress exports it, with an answer that nobody has approved.

Its picture lies where nothing is ever fetched from.
"""

_BLOG = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/">
<channel><title>Blogg {title}</title><wp:wxr_version>1.2</wp:wxr_version>
<item><title>Inlägg</title><dc:creator>Rolf</dc:creator>
<wp:post_id>1</wp:post_id><wp:post_type>post</wp:post_type><wp:status>{status}</wp:status>
<content:encoded><![CDATA[{text} <img src="http://10.0.0.1/bild.png" alt="En bild">]]></content:encoded>
<wp:comment><wp:comment_id>1</wp:comment_id><wp:comment_author>Siv</wp:comment_author>
<wp:comment_content><![CDATA[{answer}]]></wp:comment_content>
<wp:comment_approved>0</wp:comment_approved><wp:comment_parent>0</wp:comment_parent></wp:comment>
</item></channel></rss>
"""


def blog(title: str, text: str, answer: str, *, public: bool) -> bytes:
    """The post is published, or else a draft."""
    status = "publish" if public else "draft"
    return _BLOG.format(title=title, text=text, answer=answer, status=status).encode()
