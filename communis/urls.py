"""The addresses of the whole product: each part brings its own."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [path("", include("communis.web.urls"))]
