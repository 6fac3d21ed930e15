"""The product's settings, with the reference page beside the product's own."""

import os

from communis.settings import *  # noqa: F403

ROOT_URLCONF = "bench.urls"
# Where mails are measured there is no server that takes them.
if "BENCH_EMAIL_BACKEND" in os.environ:
    EMAIL_BACKEND = os.environ["BENCH_EMAIL_BACKEND"]
