"""Run the benchmarks: a table on stdout, JSON in the folder of results, exit 1 where one misses.

`python -m benchmarks` measures everything; names of files beside this one choose a part.
"""

import json
import subprocess
import sys
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path

from benchmarks import clock

RESULTS = Path(__file__).parent / "results"
ROOMS = (
    "accuracy",
    "speed",
    "projection",
    "scenario",
    "plan",
    "journal",
    "work",
    "lists",
    "flow_steps",
    "portal_search",
    "flow_forms",
    "submission",
    "pages",
)


def main(chosen: list[str]) -> int:
    """Measure what was chosen, everything by default."""
    wrong = [room for room in chosen if room not in ROOMS]
    if wrong:
        print(
            f"There is no benchmark “{wrong[0]}”. Choose from: {', '.join(ROOMS)}.",
            file=sys.stderr,
        )
        return 2
    told: dict[str, object] = {
        "measured_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": clock.machine(),
        "calibration": clock.calibration(),
    }
    missed, rooms = 0, {}
    for room in chosen or ROOMS:
        rooms[room] = _here(room) if len(chosen) == 1 else _apart(room)
        missed += sum(each["verdict"] == "missed" for each in rooms[room])
    told |= {"missed": missed, "measures": rooms}
    RESULTS.mkdir(exist_ok=True)
    path = RESULTS / ("latest.json" if not chosen else f"{'-'.join(chosen)}.tmp")
    path.write_text(json.dumps(told, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"Calibration: {told['calibration']}. Written to {path}.", file=sys.stderr)
    return 1 if missed else 0


def _here(room: str) -> list[dict[str, object]]:
    """Measure a room in this process."""
    found = []
    for measure in import_module(f"benchmarks.{room}").measures():
        print(measure.line(), flush=True)
        found.append(measure.as_json())
    return found


def _apart(room: str) -> list[dict[str, object]]:
    """Measure a room in a process of its own: settings are read once in each."""
    (RESULTS / f"{room}.tmp").unlink(missing_ok=True)
    done = subprocess.run([sys.executable, "-m", "benchmarks", room], check=False)
    if done.returncode not in (0, 1):
        raise SystemExit(done.returncode)
    told = json.loads((RESULTS / f"{room}.tmp").read_text(encoding="utf-8"))
    measures: list[dict[str, object]] = told["measures"][room]
    return measures


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
