"""The order of comments, for every shape of parents there is."""

from hypothesis import given
from hypothesis import strategies as st

from communis.channels.importers.wxr.nesting import parents_first
from communis.channels.importers.wxr.records import Comment, CommentKind, CommentStatus


def comment(number: int, parent: int | None) -> Comment:
    return Comment(
        1, number, parent, CommentKind.COMMENT, CommentStatus.APPROVED, "Siv", "", None, "Ja", None
    )


@given(st.lists(st.one_of(st.none(), st.integers(1, 24)), max_size=20))
def test_parents_stand_before_replies_and_nothing_is_lost(parents: list[int | None]) -> None:
    given_order = [comment(number, parent) for number, parent in enumerate(parents, start=1)]
    ordered, broken = parents_first(given_order)

    assert sorted(one.wordpress_id for one in ordered) == list(range(1, len(parents) + 1))
    met: set[int | None] = {None}
    for one in ordered:
        assert one.parent_id in met
        met.add(one.wordpress_id)
    moved = [one for one in ordered if one.parent_id != parents[one.wordpress_id - 1]]
    assert all(one.parent_id is None for one in moved)
    assert len(moved) == broken == unreachable(parents) + rings(parents)


def unreachable(parents: list[int | None]) -> int:
    return sum(parent is not None and parent > len(parents) for parent in parents)


def rings(parents: list[int | None]) -> int:
    """How many rings of replies there are: each is opened at one comment, and no more."""
    found = set()
    for start in range(1, len(parents) + 1):
        walk: list[int] = []
        here: int | None = start
        while here is not None and here <= len(parents) and here not in walk:
            walk.append(here)
            here = parents[here - 1]
        if here in walk:
            found.add(frozenset(walk[walk.index(here) :]))
    return len(found)


def test_without_broken_parents_the_files_order_stays() -> None:
    given_order = [comment(5, None), comment(2, 5), comment(9, None), comment(1, 2)]
    assert parents_first(given_order) == (tuple(given_order), 0)
