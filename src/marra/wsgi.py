"""The application, as servers see it."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "marra.settings")

application = get_wsgi_application()
