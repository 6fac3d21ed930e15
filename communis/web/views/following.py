"""Listening to a conversation, or keeping it silent. Nobody else can see which."""

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from communis.conversations.following import follow
from communis.conversations.models import Following
from communis.web.access import signed_in
from communis.web.middleware import LookingRequest

_WAYS = {"listen": Following.Way.LISTENING, "silent": Following.Way.SILENT, "mailed": Following.Way.MAILED}


@require_POST
@signed_in
def following(request: LookingRequest, conversation: str) -> HttpResponse:
    """``way``: listen, mailed, silent or neither."""
    assert request.person is not None  # behind signed_in
    follow(conversation, _WAYS.get(request.POST.get("way", "")), by=request.person)
    return HttpResponseRedirect(reverse("conversation", args=[conversation]))
