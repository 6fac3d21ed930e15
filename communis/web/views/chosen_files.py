"""A picture or file as soon as it is chosen: kept with the draft, one at a time, while one goes on writing."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from communis.conversations import drafting
from communis.conversations.refusals import NotThere, Refused
from communis.web.middleware import LookingRequest
from communis.web.uploads import take_files
from communis.web.views.drafts import keep, line


@require_POST
def draft_files(request: LookingRequest) -> HttpResponse:
    """Keep the words and the file that comes with them; the answer is the file's fields, or one line why not.

    403 when signed out: nothing is stored for a person who is not signed in.
    """
    person = request.person
    if person is None:
        return line("", 403)
    place = request.POST.get("place", "")
    try:
        if keep(request, by=person) is None:
            return line(_("Sent."), 409)
        numbers = take_files(request, place, by=person)
    except Refused as refusal:
        return line(refusal.message, 422)
    except NotThere:
        return line(_("That draft was thrown away. Your text is here."), 404)
    draft = drafting.draft_at(place, by=person)
    files = drafting.files_in(draft)
    if not numbers or draft is None or numbers[-1] > len(files):
        return line(_("There was no file. Choose it again."), 422)
    number = numbers[-1]
    context = {"draft": draft, "file": files[number - 1], "number": number}
    return render(request, "compose/file.html", context)
