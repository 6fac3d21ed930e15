"""The product's settings, with the reference page beside the product's own."""

from communis.settings import *  # noqa: F403

ROOT_URLCONF = "bench.urls"
