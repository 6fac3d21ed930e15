"""Which parts a reader is shown, and which go along as files (as RFC 8621, section 4.1.4, has it)."""

from collections.abc import Callable
from dataclasses import dataclass, field
from html import escape

from communis.channels.email.parsing.structure import Part


@dataclass(slots=True)
class _Passage:
    """Something shown: as plain parts, as HTML with plain parts in between, or as either."""

    plain: list[Part] | None
    html: list[Part] | None


@dataclass(slots=True)
class Shown:
    text: str | None
    html: str | None
    files: list[Part] = field(default_factory=list)


def shown(root: Part, text_of: Callable[[Part], str | None]) -> Shown:
    """``text_of`` gives the text of a part, None if it is too long to be shown."""
    files: list[Part] = []
    passages = _passages(root, text_of, files, first=True)
    passages = [passage for passage in passages if _says_something(passage, text_of)] or passages[:1]
    whole = _together(passages)
    return Shown(
        None if whole.plain is None else _joined([text_of(part) or "" for part in whole.plain]),
        None if whole.html is None else "\n".join(_as_html(part, text_of) for part in whole.html),
        files,
    )


def _passages(
    part: Part, text_of: Callable[[Part], str | None], files: list[Part], *, first: bool
) -> list[_Passage]:
    """What is shown of a part; what is not is put into ``files``. Depth is limited, so recursion is."""
    kind = part.type.value
    if not part.children:
        if not _is_shown(part, first=first) or text_of(part) is None:
            files.append(part)
            return []
        return [_Passage([part], None) if kind == "text/plain" else _Passage(None, [part])]
    if kind == "multipart/alternative":
        return _best([_passages(child, text_of, files, first=True) for child in part.children], text_of)
    if kind == "multipart/related":
        root = _root(part)
        files += [leaf for child in part.children if child is not root for leaf in _leaves(child)]
        return _passages(root, text_of, files, first=True)
    if kind == "multipart/report":
        files += [leaf for child in part.children[1:] for leaf in _leaves(child)]
        return _passages(part.children[0], text_of, files, first=True)
    found: list[_Passage] = []
    for number, child in enumerate(part.children):
        found += _passages(child, text_of, files, first=number == 0)
    return found


def _is_shown(part: Part, *, first: bool) -> bool:
    if part.type.value not in {"text/plain", "text/html"} or part.disposition.value == "attachment":
        return False
    named = "filename" in part.disposition.parameters or "name" in part.type.parameters
    return first or not named


def _root(part: Part) -> Part:
    start = part.type.parameters.get("start", "").strip("<> ")
    for child in part.children:
        if start and start == (child.headers.first("content-id") or b"").decode("latin-1").strip("<> "):
            return child
    return part.children[0]


def _leaves(part: Part) -> list[Part]:
    return [leaf for child in part.children for leaf in _leaves(child)] if part.children else [part]


def _best(versions: list[list[_Passage]], text_of: Callable[[Part], str | None]) -> list[_Passage]:
    """Of versions that say the same: the first plain one that says something, and the last in HTML."""
    wholes = [_together(version) for version in versions if version]
    plain = [whole.plain for whole in wholes if whole.plain is not None]
    telling = [parts for parts in plain if any((text_of(part) or "").strip() for part in parts)]
    html = [whole.html for whole in wholes if whole.html is not None]
    if not telling and not html:
        return [_Passage(plain[0], None)] if plain else []
    return [_Passage(telling[0] if telling else None, html[-1] if html else None)]


def _together(passages: list[_Passage]) -> _Passage:
    """Plain if all is; in HTML, with the plain parts among it, if something is."""
    plain: list[Part] | None = []
    html: list[Part] = []
    for passage in passages:
        plain = None if plain is None or passage.plain is None else plain + passage.plain
        html += passage.html if passage.html is not None else passage.plain or []
    some_html = any(passage.html is not None for passage in passages)
    return _Passage(plain if passages else None, html if some_html else None)


def _says_something(passage: _Passage, text_of: Callable[[Part], str | None]) -> bool:
    return any((text_of(part) or "").strip() for part in (passage.plain or []) + (passage.html or []))


def _joined(texts: list[str]) -> str:
    return "\n".join(text if text.endswith("\n") else text + "\n" for text in texts) if texts else ""


def _as_html(part: Part, text_of: Callable[[Part], str | None]) -> str:
    words = text_of(part) or ""
    if part.type.value == "text/html":
        return words
    return "<div>" + escape(words.strip("\n")).replace("\n", "<br>\n") + "</div>"
