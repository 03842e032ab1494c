"""The pages on the method say what the edition files, the figures and the engine say."""

import os
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from marra.index import load

ROOT = Path(__file__).parent.parent.parent
OPEN = (ROOT / "docs/method/open-questions.md").read_text(encoding="utf8")


def test_pages_written_from_the_files_and_figures_are_up_to_date():
    script = [sys.executable, "scripts/make_method.py", "--check"]
    seen = {**os.environ, "PYTHONPATH": str(ROOT / "src")}

    done = subprocess.run(script, cwd=ROOT, capture_output=True, text=True, env=seen)

    assert done.returncode == 0, done.stderr


def z(values):
    return (values - np.nanmean(values)) / np.nanstd(values)


def errors(form, limit):
    """Median and mean error of TII 2024 when affordability is made in one of three forms."""
    survey = load(2024)

    def series(name):
        return survey.inputs[:, survey.input_names.index(f"tii.{name}")]

    fixed, mobile = series("basket_fixed_broadband"), series("basket_mobile")
    prices = {
        "cut last": lambda: -z(np.minimum((fixed + mobile) / 2, limit)),
        "cut first": lambda: -z((np.minimum(fixed, limit) + np.minimum(mobile, limit)) / 2),
        "apart": lambda: -(z(np.minimum(fixed, limit)) + z(np.minimum(mobile, limit))) / 2,
    }
    cut = [z(np.minimum(series(n), 120)) for n in ("internet", "mobile", "mobile_broadband")]
    summed = (sum(cut) + prices[form]()) / 4
    values = (summed - np.nanmin(summed)) / (np.nanmax(summed) - np.nanmin(summed))
    apart = np.abs(values - survey.pillars[:, 1])
    apart = apart[~np.isnan(apart)]
    return f"{np.median(apart):.4f} / {apart.mean():.4f}".replace("0.", ".")


@pytest.mark.parametrize("limit", ["20", "24", "25", "26", "28", "30", "35", "none"])
def test_the_table_of_forms_of_affordability_is_recomputed(limit):
    row = next(line for line in OPEN.splitlines() if re.match(rf"\| \**{limit}\** ", line))
    printed = [cell.strip("* ") for cell in row.split("|")[2:5]]

    value = np.inf if limit == "none" else float(limit)

    assert printed == [errors(form, value) for form in ("cut last", "cut first", "apart")]


def test_the_form_that_is_used_is_the_one_printed_in_bold():
    affordability = load(2024).edition.pillar("tii").inputs[3]

    assert affordability.cap == 25
    assert affordability.direction == -1
    assert len(affordability.of) == 2
    assert "| **25** | **.0067" in OPEN
