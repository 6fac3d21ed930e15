"""The one rule: what an audience opens to a viewer. Written once as SQL, for both databases."""

from typing import Any

from django.db import connection, models
from django.db.models import F, Func, Q

from communis.looking.viewers import Viewer
from communis.openness.rungs import Rung


def holdings_table(name: str) -> str:
    """SQL of a table ``name(principal_id, since)`` made of the one parameter ``viewer.narrow_as_json()``."""
    if connection.vendor == "postgresql":
        return (
            "(SELECT (pair->>0)::bigint AS principal_id, (pair->>1)::bigint AS since"
            f" FROM json_array_elements(%s::json) AS pair) {name}"
        )
    return (
        "(SELECT json_extract(value, '$[0]') AS principal_id, json_extract(value, '$[1]') AS since"
        f" FROM json_each(%s)) {name}"
    )


class NarrowlyOpen(Func):
    """True where the viewer holds a principal that the row's audience names, since the row was opened."""

    output_field = models.BooleanField()
    conditional = True

    def __init__(self, viewer: Viewer, **extra: Any) -> None:
        super().__init__(F("audience_id"), F("opened_at"), **extra)
        self.viewer = viewer

    def as_sql(self, compiler: Any, connection: Any, *_: Any, **extra: Any) -> tuple[str, tuple[Any, ...]]:
        audience, audience_values = compiler.compile(self.source_expressions[0])
        opened, opened_values = compiler.compile(self.source_expressions[1])
        return (
            f"EXISTS (SELECT 1 FROM communis_audienceprincipal named JOIN {holdings_table('held')}"
            " ON held.principal_id = named.principal_id"
            f" WHERE named.audience_id = {audience} AND held.since <= {opened})",
            (self.viewer.narrow_as_json(), *audience_values, *opened_values),
        )


def open_to(viewer: Viewer) -> Q:
    """A condition on rows with ``rung``, ``audience`` and ``opened_at``: those open to the viewer."""
    wide = Q(rung__gte=Rung.ORGANISATION if viewer.in_organisation else Rung.PUBLIC)
    if not viewer.narrow_holdings():
        return wide
    return wide | Q(NarrowlyOpen(viewer))
