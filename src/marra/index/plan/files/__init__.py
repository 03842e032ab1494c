"""Files of portfolios: TOML, CSV and XLSX, read and written from one table of columns."""

from marra.index.plan.files.reader import LARGEST, read

__all__ = ["LARGEST", "read"]
