"""What one mail became in several places: each answer beside words is a contribution of its own, with a number."""

from collections.abc import Sequence

from communis.channels.email.destinations import Destination
from communis.channels.email.models import Arrived, Outgoing, SaidPiece
from communis.channels.email.templates import SAID


def note_pieces(arrived: Arrived, lines: Sequence[int]) -> None:
    """Keep on which lines all but the first stand, in their order."""
    SaidPiece.objects.bulk_create(
        SaidPiece(arrived=arrived, number=number, line_id=line) for number, line in enumerate(lines, start=2)
    )


def pieces_of(arrived: Arrived) -> dict[int, int]:
    """``{number: line}`` for all but the first."""
    return dict(SaidPiece.objects.filter(arrived=arrived).order_by("number").values_list("number", "line_id"))


def line_of_piece(number: int, destination: Destination) -> int | None:
    """On which line the piece stands that the mail answered at ``destination`` told of; None where of none such."""
    if number == 1:
        return destination.line_id
    told = Outgoing.objects.filter(id=destination.outgoing_id or 0, template=SAID).first()
    arrived = Arrived.objects.filter(public_id=told.about["arrived"]).first() if told is not None else None
    return pieces_of(arrived).get(number) if arrived is not None else None
