"""A figure beside its goal."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Measured:
    """``goal`` is a least value, or a most when ``at_most``; ``value`` None is what could not be measured."""

    number: str
    what: str
    value: float | None
    goal: float
    unit: str = ""
    at_most: bool = False
    note: str = ""

    @property
    def reached(self) -> bool | None:
        if self.value is None:
            return None
        return self.value <= self.goal if self.at_most else self.value >= self.goal


def table(measured: list[Measured]) -> str:
    rows = [("goal", "what", "measured", "goal is", "reached", "")]
    for one in measured:
        value = (
            "-"
            if one.value is None
            else f"{one.value:.3g} {one.unit}"
            if one.value < 1000
            else f"{one.value:,.0f}"
        )
        bound = f"{'at most' if one.at_most else 'at least'} {one.goal:g} {one.unit}"
        reached = {True: "yes", False: "NO", None: "-"}[one.reached]
        rows.append((one.number, one.what, value.strip(), bound.strip(), reached, one.note))
    widths = [max(len(row[column]) for row in rows) for column in range(5)]
    return "\n".join(
        "  ".join([*(row[column].ljust(widths[column]) for column in range(5)), row[5]]).rstrip()
        for row in rows
    )
