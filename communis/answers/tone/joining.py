"""Phrases of one sort that stand on or beside each other are one place: "look at it … at some point"."""

from collections.abc import Iterable, Iterator

from communis.answers.tone.blurs import Kind


def joined(places: Iterable[tuple[int, int, Kind]], *, near: int = 0) -> Iterator[tuple[int, int, Kind]]:
    """The places in order; those at most ``near`` characters apart are one, of the kind that was given first."""
    ranked = [(start, end, rank, kind) for rank, (start, end, kind) in enumerate(places)]
    waiting: tuple[int, int, int, Kind] | None = None
    for start, end, rank, kind in sorted(ranked, key=lambda one: one[:3]):
        if waiting and start <= waiting[1] + near:
            chosen = min((waiting[2], waiting[3]), (rank, kind))
            waiting = (waiting[0], max(waiting[1], end), *chosen)
            continue
        if waiting:
            yield waiting[0], waiting[1], waiting[3]
        waiting = (start, end, rank, kind)
    if waiting:
        yield waiting[0], waiting[1], waiting[3]
