"""The product's addresses, and one that only the measurements use."""

from django.urls import URLPattern, URLResolver, include, path

from bench.reference_page import template_page

urlpatterns: list[URLPattern | URLResolver] = [
    path("bench/template/<str:conversation>", template_page),
    path("", include("communis.web.urls")),
]
