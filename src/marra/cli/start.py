"""Start Django for the commands that need the database."""

import os

import django
from click import ClickException
from django.core.exceptions import ImproperlyConfigured


def start() -> None:
    """Read the settings and open the house; a wrong setting is one clear sentence."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "marra.settings")
    try:
        django.setup()
    except ImproperlyConfigured as wrong:
        raise ClickException(str(wrong)) from None
