"""Files that come with a form: kept with the draft, so that a refused form has them still."""

from django.http import QueryDict

from communis.conversations import drafting
from communis.conversations.documents import MOST_BYTES
from communis.conversations.refusals import Refused
from communis.conversations.storing import receive
from communis.people.models import Person
from communis.web.middleware import LookingRequest

LONGEST = {"alternative": 500, "creator": 200, "licence": 100}


def take_files(request: LookingRequest, place: str, *, by: Person) -> list[int]:
    """Note what was said of the draft's files, take away the one asked for, add those that came.

    Returns the numbers of those that came. Each is tried by itself: raises Refused with a line for each that
    cannot be taken, when all the others are kept.
    """
    describe_files(request.POST, place, by=by)
    away = request.POST.get("remove-file", "")
    if away.isdecimal():
        drafting.remove_file(place, int(away), by=by)
    numbers, refused = [], []
    for upload in request.FILES.getlist("files"):
        try:
            # One byte more than may be says enough of a file that is too large.
            numbers.append(_keep(upload.read(MOST_BYTES + 1), upload.name or "", place, by))
        except Refused as refusal:
            refused.append(refusal.message)
    if refused:
        raise Refused("\n".join(refused), "files")
    return numbers


def describe_files(said: QueryDict, place: str, *, by: Person) -> None:
    """Keep what the form says of the draft's files."""
    for number in range(1, len(drafting.files_in(drafting.draft_at(place, by=by))) + 1):
        about: dict[str, str | bool] = {
            name: str(said[f"{name}-{number}"])[:longest]
            for name, longest in LONGEST.items()
            if f"{name}-{number}" in said
        }
        if "alternative" in about:
            # A box that is not ticked is not in the form; the field beside it tells that it was asked.
            about["decoration"] = f"decoration-{number}" in said
        if about:
            drafting.describe_file(place, number, about, by=by)


def _keep(data: bytes, name: str, place: str, by: Person) -> int:
    file = receive(data, name)
    try:
        return drafting.add_file(place, file, by=by)
    except Refused as refusal:
        raise Refused(f"{name}: {refusal.message}", refusal.field) from refusal
