"""Stopping all mail from a link in a mail: without signing in, and telling nothing of what the mail was about (L20)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from communis.channels.email.stopping import stop_with


# A mail program sends the form by itself, without the page (RFC 8058). The key in the address is what it takes.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def stop_mail(request: HttpRequest, key: str) -> HttpResponse:
    """Looking changes nothing; pressing stops. The same for a key that is not good."""
    if request.method == "POST":
        stop_with(key)
    return render(request, "mail/stop.html", {"stopped": request.method == "POST"})
