"""However a file is damaged, it is read or refused; nothing else happens."""

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from communis.channels.importers.wxr.reading import inspect, read
from communis.channels.importers.wxr.records import Malformed
from tests.channels.importers.wxr.conftest import OWN

WHOLE = (OWN / "messy.xml").read_bytes()
PIECES = st.one_of(
    st.binary(max_size=8),
    st.sampled_from(
        [b"<", b">", b"]]>", b"<![CDATA[", b"&#0;", b"&a;", b"<!DOCTYPE a>", b"<!--", b"\x00", b"</item>"]
    ),
    st.sampled_from([b"<wp:comment>", b"<wp:comment_id>", b"\xff\xfe", b"0", b"9" * 30, "²".encode()]),
)
DAMAGE = st.lists(st.tuples(st.integers(0, len(WHOLE)), st.integers(0, 200), PIECES), min_size=1, max_size=4)


@settings(max_examples=300, deadline=None)
@given(DAMAGE)
def test_damage_never_crashes_the_reader(damage: list[tuple[int, int, bytes]]) -> None:
    content = WHOLE
    for place, length, piece in damage:
        content = content[:place] + piece + content[place + length :]
    with tempfile.NamedTemporaryFile(suffix=".xml") as file:
        file.write(content)
        file.flush()
        path = Path(file.name)
        try:
            summary = inspect(path)
        except Malformed as refused:
            assert 1 <= refused.line <= content.count(b"\n") + content.count(b"\r") + 1
            assert refused.why
        else:
            assert next(read(path)) == summary.site
