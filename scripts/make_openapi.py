"""Write the description of the API as it is now: docs/api/openapi.json, held by a test.

python scripts/make_openapi.py
"""

import json
import os
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "marra.settings")
django.setup()

from marra.api.root import api  # noqa: E402  after Django has started

TARGET = Path(__file__).parent.parent / "docs" / "api" / "openapi.json"
TARGET.parent.mkdir(exist_ok=True)
written = json.dumps(api.get_openapi_schema(), indent=1, ensure_ascii=False)
TARGET.write_text(written + "\n", encoding="utf-8")
print(TARGET)
