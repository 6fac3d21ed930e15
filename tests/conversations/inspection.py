"""An independent look at HTML: what does a parser that is not ours find outside the allowed subset?"""

import re
from html.parser import HTMLParser

NAMES = """
    a abbr b blockquote br caption cite code dd del div dl dt em figcaption figure h3 h4 h5 h6 hr i img ins
    kbd li ol p pre q s small strong sub sup table tbody td tfoot th thead tr u ul
"""
ELEMENTS = set(NAMES.split())
ATTRIBUTES = {
    "a": {"href", "title", "rel"},
    "abbr": {"title"},
    "img": {"data-file", "alt"},
    "ol": {"start"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
}


class Inspection(HTMLParser):
    """``faults`` names everything found that must not be there."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.faults: list[str] = []
        self.elements: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(tag)
        if tag not in ELEMENTS:
            self.faults.append(f"<{tag}>")
        for name, value in attrs:
            if name not in ATTRIBUTES.get(tag, set()):
                self.faults.append(f"<{tag} {name}>")
            if name == "href" and not self.may_link_to(value or ""):
                self.faults.append(f"href {value}")
            if name == "data-file" and not re.fullmatch("[0-9]{1,4}", value or ""):
                self.faults.append(f"data-file {value}")
        if tag == "a" and dict(attrs).get("rel") != "noopener noreferrer nofollow ugc":
            self.faults.append("<a> without rel")

    @staticmethod
    def may_link_to(address: str) -> bool:
        """Browsers drop tabs, line breaks and leading controls before they read the scheme; so do we."""
        seen = re.sub(r"[\t\r\n]", "", address).lstrip("".join(map(chr, range(33))))
        scheme = re.match(r"([a-zA-Z][a-zA-Z0-9+.-]*):", seen)
        return scheme is None or scheme[1].lower() in {"http", "https", "mailto", "tel"}

    def handle_comment(self, data: str) -> None:
        self.faults.append("a comment")

    def handle_decl(self, decl: str) -> None:
        self.faults.append("a declaration")

    def unknown_decl(self, data: str) -> None:
        self.faults.append("a declaration")

    def handle_pi(self, data: str) -> None:
        self.faults.append("an instruction")


def faults(html: str) -> list[str]:
    return Inspection(html).faults
