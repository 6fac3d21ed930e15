"""What each web worker loads: the application, in a process that dies with the web server."""

import os

from django.core.wsgi import get_wsgi_application

from communis.cli.children import die_with_parent

die_with_parent()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "communis.settings")
application = get_wsgi_application()
