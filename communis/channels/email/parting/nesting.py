"""How deep the elements of HTML lie inside each other.

A parser of HTML needs time with the square of the depth, and a mail can be made to use that. The depth is therefore
counted before anything is parsed, in one look over the tags.
"""

import re
from collections import Counter

# Long threads of mails nest a few hundred.
DEEPEST = 1_000

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
_NESTING = frozenset(
    [
        *["a", "address", "article", "aside", "b", "big", "blockquote", "center", "code", "del", "details"],
        *["dir", "div", "dl", "em", "fieldset", "figure", "font", "footer", "form", "header", "i", "ins"],
        *["main", "menu", "nav", "ol", "pre", "s", "section", "small", "span", "strike", "strong", "sub"],
        *["sup", "table", "tt", "u", "ul"],
    ]
)


def is_too_deep(html: str) -> bool:
    """Whether more than ``DEEPEST`` elements stand open at some place. It may count too many, never too few."""
    opened: Counter[str] = Counter()
    depth = 0
    for tag in _TAG.finditer(html):
        name = tag[2].lower()
        if name not in _NESTING:
            continue
        if not tag[1]:
            opened[name] += 1
            depth += 1
        elif opened[name]:
            opened[name] -= 1
            depth -= 1
        if depth > DEEPEST:
            return True
    return False
