"""Who is looking. A viewer is a small value and never None."""

import json
from dataclasses import dataclass, field
from typing import NamedTuple

from communis.looking.principals import ORGANISATION, PUBLIC


class NoViewer(Exception):
    """A guarded thing was asked for without saying who looks. Write ``Model.visible.to(viewer)``."""


class Holding(NamedTuple):
    """A principal that a viewer holds, and since which moment; 0 means with all that was said before."""

    principal: int
    since: int


@dataclass(frozen=True)
class Viewer:
    """What the one who looks holds. Worked out once a request, so that leaving takes effect on the next."""

    person_id: int | None = None
    holdings: tuple[Holding, ...] = field(default=(Holding(PUBLIC, 0),))

    @property
    def in_organisation(self) -> bool:
        """Whether this viewer sees what is open to all employees."""
        return any(holding.principal == ORGANISATION for holding in self.holdings)

    @property
    def signed_in(self) -> bool:
        """Whether a person looks, rather than the public or a token."""
        return self.person_id is not None

    def narrow_holdings(self) -> tuple[Holding, ...]:
        """The circles, persons and receipts held: what can open a narrow audience."""
        return tuple(held for held in self.holdings if held.principal not in (PUBLIC, ORGANISATION))

    def as_json(self) -> str:
        """``[[principal, since], …]`` of all that is held."""
        return json.dumps(self.holdings)

    def narrow_as_json(self) -> str:
        """``[[principal, since], …]`` for the gate's SQL."""
        return json.dumps(self.narrow_holdings())


PUBLIC_VIEWER = Viewer()
