"""What lets a telephone keep Communis like a program of its own: manifest, service worker, page without network.

The worker keeps static files and one page that is the same for everyone; no page that was made for somebody is
ever stored (trust L52).
"""

from hashlib import sha256

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from communis.people.organisation import organisation_name

# What the page without network needs, and the text face.
KEPT = (
    "css/communis.css",
    "icons/icon.svg",
    "fonts/text.woff2",
    "js/offline.js",
)

# What is not static and not a page one goes to is left to the network, as if there were no worker.
_WORKER = """// Keeps static files, and one page for when there is no network. Made by communis/web/views/installing.py.
const NAME = "%(name)s";
const OFFLINE = "%(offline)s";
self.addEventListener("install", (event) => {
  const files = %(files)s.map((address) => new Request(address, { credentials: "omit", cache: "no-cache" }));
  event.waitUntil(caches.open(NAME).then((cache) => cache.addAll(files)).then(() => self.skipWaiting()));
});
self.addEventListener("activate", (event) => {
  const drop = (names) => Promise.all(names.filter((name) => name !== NAME).map((name) => caches.delete(name)));
  event.waitUntil(caches.keys().then(drop).then(() => self.clients.claim()));
});
const staticFile = async (request) => {
  const kept = await caches.match(request, { ignoreSearch: true });
  if (kept) return kept;
  const answer = await fetch(request);
  if (answer.ok) (await caches.open(NAME)).put(request, answer.clone());
  return answer;
};
self.addEventListener("fetch", (event) => {
  const request = event.request;
  const address = new URL(request.url);
  const fixed = request.method === "GET" && address.pathname.startsWith("%(static)s");
  if (address.origin !== location.origin) return;
  if (request.mode === "navigate") event.respondWith(fetch(request).catch(() => caches.match(OFFLINE)));
  else if (fixed) event.respondWith(staticFile(request));
  // The last words of a page one leaves: given back to the browser they would wait, and be lost with their page.
  else if (request.method === "POST") event.respondWith(fetch(request));
});
"""


@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    """The name, the door and the colours. The same for all who read its language."""
    icons = [
        {"src": static("icons/icon.svg"), "sizes": "any", "type": "image/svg+xml"},
        {"src": static("icons/icon-192.png"), "sizes": "192x192", "type": "image/png"},
        {"src": static("icons/icon-512.png"), "sizes": "512x512", "type": "image/png"},
        {
            "src": static("icons/icon-maskable-512.png"),
            "sizes": "512x512",
            "type": "image/png",
            "purpose": "maskable",
        },
    ]
    name = organisation_name() or "Communis"
    said = {
        "name": f"Communis – {name}" if name != "Communis" else name,
        "short_name": "Communis",
        "start_url": reverse("front"),
        "scope": "/",
        "display": "standalone",
        "background_color": "#faf8f3",
        "theme_color": "#faf8f3",
        "icons": icons,
        "shortcuts": [{"name": _("Write"), "url": reverse("write")}],
    }
    return JsonResponse(said, content_type="application/manifest+json")


@require_safe
def service_worker(request: HttpRequest) -> HttpResponse:
    """The worker's script. Its cache is named by what it keeps, so that a new version drops the old one."""
    files = [static(name) for name in KEPT]
    offline = reverse("offline")
    name = "communis-" + sha256(" ".join(files).encode()).hexdigest()[:12]
    listed = "[" + ", ".join(f'"{address}"' for address in [*files, offline]) + "]"
    said = _WORKER % {"name": name, "offline": offline, "files": listed, "static": settings.STATIC_URL}
    response = HttpResponse(said, content_type="text/javascript; charset=utf-8")
    response["Cache-Control"] = "no-cache"
    return response


@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    """Shown by the worker when there is no network. It names nobody, so that it can be kept."""
    return render(request, "about/offline.html")
