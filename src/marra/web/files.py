"""Files that people send in and get back; the page that shows a thing asks who may read its files.

A kept file always comes back as a download, under its clean name, and under a policy that runs
nothing in it: even a file that slipped past the archive's rules stays a file.

Source: ours; RFC 6266 for the name, W3C CSP 3 for the sandbox.
"""

from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from marra.archive import queries
from marra.archive.rules.kinds import TYPES

if TYPE_CHECKING:
    from marra.archive.models import StoredFile

ACCEPTED: Final = ",".join(f".{kind}" for kind in (*TYPES, "jpeg"))
POLICY: Final = "default-src 'none'; frame-ancestors 'none'; sandbox"


def sent(file: "StoredFile") -> HttpResponse:
    """A kept file as a download; refuses with `FileLost` or `FileDamaged`."""
    answer = HttpResponse(queries.content(file), content_type=file.type)
    name = file.name.encode("ascii", "replace").decode().replace("?", "_").replace('"', "_")
    answer.headers["Content-Disposition"] = (
        f"attachment; filename=\"{name}\"; filename*=UTF-8''{quote(file.name, safe='')}"
    )
    answer.headers["Content-Security-Policy"] = POLICY
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


class FilesInput(forms.ClearableFileInput):
    """Several files in one field."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Files to be kept: `cleaned_data` has a list of pairs, name and content, empty if none."""

    def __init__(self, **kwargs: Any) -> None:
        told = {"label": _("Files"), "help_text": HELP, "required": False, **kwargs}
        super().__init__(widget=FilesInput(attrs={"accept": ACCEPTED}), **told)

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Name and content of each file that was sent."""
        given = [each for each in data if each] if isinstance(data, list | tuple) else [data]
        check = super().clean
        files = [check(each, initial) for each in given or [None]]
        return [(each.name or "", each.read()) for each in files if isinstance(each, UploadedFile)]


HELP: Final = _(
    "PDF, DOCX, XLSX, CSV, TXT, PNG or JPG; each at most 10 megabytes, all together at most 12."
)
