"""The product's settings on a data folder that the test run throws away."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

if "COMMUNIS_DATA" not in os.environ:
    os.environ["COMMUNIS_DATA"] = tempfile.mkdtemp(prefix="communis-tests-")
    atexit.register(shutil.rmtree, os.environ["COMMUNIS_DATA"], ignore_errors=True)
# Workers that run tests beside each other inherit the folder; files kept under ids held still would meet there.
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "")
if WORKER and Path(os.environ["COMMUNIS_DATA"]).name != WORKER:
    os.environ["COMMUNIS_DATA"] = str(Path(os.environ["COMMUNIS_DATA"]) / WORKER)
os.environ.setdefault("COMMUNIS_SECRET_KEY", "only-for-tests-and-therefore-no-secret-at-all-0123456789")

from communis.settings import *  # noqa: E402, F403
from communis.settings import STATIC_ROOT  # noqa: E402

# Off by itself on PostgreSQL; what it does is tested on both.
BEHIND_THE_SCENES = True

# Mails can be answered, so that the addresses for that are compared too.
MAIL_DOMAIN = "svar.avinge.example"

# Without the step that gives static files their hashed names.
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
