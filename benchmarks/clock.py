"""CPU time: the best of several rounds, the cases taking turns, so that they share bad moments."""

import os
import platform
from collections.abc import Callable, Mapping
from importlib.metadata import version
from pathlib import Path
from statistics import median
from time import process_time
from typing import Any

import numpy as np

Case = Callable[[], object]


def in_turns(
    cases: Mapping[str, Case], rounds: int, times: Mapping[str, int] | None = None
) -> dict[str, list[float]]:
    """CPU seconds of each call; quick cases are called several `times` in their turn."""
    spent: dict[str, list[float]] = {name: [] for name in cases}
    for case in cases.values():
        case()  # warm
    for _ in range(rounds):
        for name, case in cases.items():
            for _ in range((times or {}).get(name, 1)):
                began = process_time()
                case()
                spent[name].append(process_time() - began)
    return spent


def best(case: Case, rounds: int, repeats: int = 1) -> tuple[float, float]:
    """Best and median CPU seconds of one call, each round being so many calls."""

    def several() -> None:
        for _ in range(repeats):
            case()

    spent = in_turns({"case": several}, rounds)["case"]
    return min(spent) / repeats, median(spent) / repeats


def calibration() -> dict[str, float]:
    """CPU seconds of fixed work, to hold another machine's figures against."""
    numbers = np.random.default_rng(0).random(1_000_000)
    return {
        "python_loop_s": best(lambda: sum(i * i for i in range(1_000_000)), 5)[0],
        "numpy_sort_s": best(lambda: np.sort(numbers), 5)[0],
    }


def machine() -> dict[str, Any]:
    """What the figures were measured on."""
    cpu = Path("/proc/cpuinfo")
    lines = cpu.read_text("utf-8").splitlines() if cpu.exists() else []
    names = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    flags = next((line for line in lines if line.startswith("flags")), "").split()
    return {
        "processor": names[0] if names else platform.processor(),
        "processors": os.cpu_count(),
        "vector_units": [unit for unit in ("avx2", "avx512f") if unit in flags],
        "load_before": os.getloadavg()[0],
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        **{name: version(name) for name in ("numpy", "scipy", "django", "marra")},
    }
