"""Files of portfolios: TOML, CSV and XLSX, read and written from one table of columns."""

from marra.index.plan.files.packaged import PACKAGED, packaged
from marra.index.plan.files.reader import LARGEST, read
from marra.index.plan.files.template import FORMS, template
from marra.index.plan.files.writer import to_csv, to_toml, to_xlsx

__all__ = [
    "FORMS",
    "LARGEST",
    "PACKAGED",
    "packaged",
    "read",
    "template",
    "to_csv",
    "to_toml",
    "to_xlsx",
]
