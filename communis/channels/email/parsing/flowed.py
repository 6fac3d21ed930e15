"""Text whose lines were broken by the sender's program and may be put together again (RFC 3676)."""


def unwrapped(text: str, *, delete_space: bool) -> str:
    """A line that ends with a space goes on in the next of the same quoting depth; ``-- `` never does.

    Quotes come out as ``> `` for each level. With ``delete_space`` the space at the break was added (Chinese, Thai).
    """
    paragraphs: list[str] = []
    pieces: list[str] = []  # of the paragraph that is being put together
    depth_before, flows = -1, False
    for line in text.split("\n"):
        depth, words = _depth(line)
        signature = words == "-- "
        if not flows or depth != depth_before or signature:
            paragraphs.append("".join(pieces))
            pieces = ["> " * depth]
        flows = words.endswith(" ") and not signature
        pieces.append(words[:-1] if flows and delete_space else words)
        depth_before = depth
    paragraphs.append("".join(pieces))
    return "\n".join(line if line == "-- " else line.rstrip(" ") for line in paragraphs[1:])


def _depth(line: str) -> tuple[int, str]:
    words = line.lstrip(">")
    depth = len(line) - len(words)
    return min(depth, 50), words.removeprefix(" ")
