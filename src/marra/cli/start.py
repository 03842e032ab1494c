"""Start Django for the commands that need the database, and say it plainly when it cannot."""

import os
import sys

import click


def start() -> None:
    """Read the settings and open the house; a wrong setting is one clear sentence."""
    import django
    from django.core.exceptions import ImproperlyConfigured

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "marra.settings")
    try:
        django.setup()
    except ImproperlyConfigured as wrong:
        raise click.ClickException(str(wrong)) from None


def database_faults() -> tuple[type[Exception], ...]:
    """What a database that cannot be reached or is not prepared raises; nothing without Django."""
    if "django.db" not in sys.modules:
        return ()
    from django.db.utils import OperationalError, ProgrammingError

    return (OperationalError, ProgrammingError)


def told(fault: Exception) -> click.ClickException:
    """A fault of the database as one sentence that says what to do."""
    said = " ".join(str(fault).split())
    if "no such table" in said or "does not exist" in said:
        return click.ClickException(f"The database is not prepared ({said}). Run: marra setup")
    return click.ClickException(
        f"The database cannot be used ({said}). "
        "Check MARRA_DATABASE, or whether the folder MARRA_DATA may be written to."
    )
