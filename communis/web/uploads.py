"""Files that come with a form: kept with the draft, so that a refused form has them still."""

from communis.conversations import drafting
from communis.conversations.storing import receive
from communis.people.models import Person
from communis.web.middleware import LookingRequest

SAID = ("alternative", "creator", "licence")
LONGEST = {"alternative": 500, "creator": 200, "licence": 100}


def take_files(request: LookingRequest, place: str, *, by: Person) -> None:
    """Note what was said of the draft's files, take away the one asked for, add those that came. Raises Refused."""
    draft = drafting.draft_at(place, by=by)
    for number in range(1, len(drafting.files_in(draft)) + 1):
        said = {
            name: request.POST[f"{name}-{number}"][: LONGEST[name]]
            for name in SAID
            if f"{name}-{number}" in request.POST
        }
        if said:
            drafting.describe_file(place, number, said, by=by)
    away = request.POST.get("remove-file", "")
    if away.isdecimal():
        drafting.remove_file(place, int(away), by=by)
    for upload in request.FILES.getlist("files"):
        drafting.add_file(place, receive(upload.read(), upload.name or ""), by=by)
