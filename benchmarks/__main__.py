"""Run the benchmarks: a table on stdout, JSON in the folder of results, exit 1 where one misses.

`python -m benchmarks` measures everything; names of files beside this one choose a part.
"""

import json
import sys
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path

from benchmarks import clock

RESULTS = Path(__file__).parent / "results"
ROOMS = ("accuracy", "speed", "projection", "scenario", "plan", "journal", "pages")


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
    missed = 0
    rooms = {}
    for room in chosen or ROOMS:
        rooms[room] = []
        for measure in import_module(f"benchmarks.{room}").measures():
            print(measure.line(), flush=True)
            rooms[room].append(measure.as_json())
            missed += measure.verdict == "missed"
    told |= {"missed": missed, "measures": rooms}
    RESULTS.mkdir(exist_ok=True)
    path = RESULTS / ("latest.json" if not chosen else f"{'-'.join(chosen)}.tmp")
    path.write_text(json.dumps(told, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"Calibration: {told['calibration']}. Written to {path}.", file=sys.stderr)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
