"""Make the world map that the pages draw: one row per state or territory.

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    python scripts/make_map.py package/countries-50m.json > src/marra/web/index/world.csv

The shapes are Natural Earth's (public domain, scale 1:50m) as the package world-atlas 2.0.2 (ISC)
carries them. Here they are projected (Equal Earth), thinned so that neighbours keep one border,
and written as short paths in whole units of a sheet 2000 wide. A member state too small to see
becomes a dot, written last; dots that would cover each other are moved apart.

Three areas that Natural Earth draws by who controls them are drawn by membership of the United
Nations, as the figures are counted: Crimea with Ukraine (General Assembly resolution 68/262), the
north of Cyprus with Cyprus, Somaliland with Somalia. Territories that are no member states are
drawn and carry no figures.
"""

import csv
import heapq
import json
import math
import sys
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import Any

WIDTH = 2000
THIN = 1.0  # a corner that changes less than this area, in square units, is left out
SPECK = 4.0  # rings smaller than this are left out, unless they are all there is
DOT = 40.0  # a state smaller than this is a dot
APART = 17.0  # least distance of two dots
NORTH, SOUTH = 83.7, -56.0
MIDDLE = 11.6  # degrees east; the sheet is cut in the Bering Strait, where it cuts no land
ANTARCTICA = "010"
TUVALU = ("798", (179.2, -8.52))  # too small for the 1:50m shapes
JOINED = {"Somaliland": "706", "N. Cyprus": "196"}
CRIMEA = (32.0, 44.0, 37.0, 46.6)  # west, south, east, north; lies in a ring of its own

Point = tuple[float, float]
Ring = list[int]  # numbers of arcs; ~n is arc n backwards


def project(lon: float, lat: float) -> Point:
    """Equal Earth (Šavrič, Patterson, Jenny 2018), on a unit sphere."""
    a1, a2, a3, a4, m = 1.340264, -0.081106, 0.000893, 0.003796, math.sqrt(3) / 2
    t = math.asin(m * math.sin(math.radians(lat)))
    slope = 9 * a4 * t**8 + 7 * a3 * t**6 + 3 * a2 * t**2 + a1
    x = math.radians(lon) * math.cos(t) / (m * slope)
    return x, a4 * t**9 + a3 * t**7 + a2 * t**3 + a1 * t


def on_sheet(lon: float, lat: float) -> Point:
    """Units from the top left corner of the sheet."""
    scale = WIDTH / (2 * project(180, 0)[0])
    turned = (lon - MIDDLE + 180) % 360 - 180
    x, y = project(turned, max(min(lat, NORTH), SOUTH))
    return WIDTH / 2 + x * scale, (project(0, NORTH)[1] - y) * scale


def decoded(topology: dict[str, Any]) -> list[list[Point]]:
    """The arcs as longitudes and latitudes."""
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * sx + tx, y * sy + ty))
        arcs.append(points)
    return arcs


def thinned(points: list[Point]) -> list[Point]:
    """The line without corners that hardly show (Visvalingam and Whyatt 1993); ends stay."""
    before = list(range(-1, len(points) - 1))
    after = list(range(1, len(points) + 1))
    heap = [(corner(points, i, before, after), i) for i in range(1, len(points) - 1)]
    heapq.heapify(heap)
    gone: set[int] = set()
    known = {i: area for area, i in heap}
    while heap:
        area, i = heapq.heappop(heap)
        if i in gone or area != known[i]:
            continue
        if area > THIN:
            break
        gone.add(i)
        after[before[i]], before[after[i]] = after[i], before[i]
        for j in (before[i], after[i]):
            if 0 < j < len(points) - 1:
                known[j] = max(area, corner(points, j, before, after))
                heapq.heappush(heap, (known[j], j))
    return [point for i, point in enumerate(points) if i not in gone]


def corner(points: list[Point], i: int, before: list[int], after: list[int]) -> float:
    """Area of the triangle at a corner."""
    (ax, ay), (bx, by), (cx, cy) = points[before[i]], points[i], points[after[i]]
    return abs((bx - ax) * (cy - ay) - (cx - ax) * (by - ay)) / 2


def rings_of(geometry: dict[str, Any]) -> list[Ring]:
    """All rings of a shape, outer and inner."""
    if geometry["type"] == "Polygon":
        return list(geometry["arcs"])
    return [ring for polygon in geometry["arcs"] for ring in polygon]


def walked(ring: Ring, arcs: list[list[Point]]) -> list[Point]:
    """The corners of a ring in order."""
    points: list[Point] = []
    for number in ring:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        points += arc[1:] if points else arc
    return points


def area(points: list[Point]) -> float:
    """Signed area of a closed line."""
    return sum(ax * by - bx * ay for (ax, ay), (bx, by) in pairwise([*points, points[0]])) / 2


def dissolved(rings: list[Ring], arcs: list[list[Point]]) -> list[Ring]:
    """The rings without the borders that two of them share."""
    numbers = Counter(number for ring in rings for number in ring)
    left = [n for n in numbers if ~n not in numbers]
    begins: dict[Point, list[int]] = {}
    for n in left:
        begins.setdefault(walked([n], arcs)[0], []).append(n)
    joined: list[Ring] = []
    while left:
        ring = [left[0]]
        while True:
            n = ring[-1]
            left.remove(n)
            begins[walked([n], arcs)[0]].remove(n)
            following = begins.get(walked([n], arcs)[-1], [])
            if not following:
                break
            ring.append(following[0])
        joined.append(ring)
    return joined


def is_crimea(ring: Ring, arcs: list[list[Point]]) -> bool:
    """Whether a ring of longitudes and latitudes lies within Crimea's bounds."""
    west, south, east, north = CRIMEA
    return all(west < x < east and south < y < north for x, y in walked(ring, arcs))


def shapes(topology: dict[str, Any]) -> tuple[dict[str, list[Ring]], dict[str, str]]:
    """Rings by M49 code, areas drawn by membership; and names of what has no code."""
    found: dict[str, list[Ring]] = {}
    names: dict[str, str] = {}
    degrees = decoded(topology)
    for geometry in topology["objects"]["countries"]["geometries"]:
        name = geometry["properties"]["name"]
        code = geometry.get("id") or JOINED.get(name) or f"-{name}"
        names.setdefault(code, name)
        found.setdefault(code, []).extend(rings_of(geometry))
    crimea = [ring for ring in found["643"] if is_crimea(ring, degrees)]
    found["643"] = [ring for ring in found["643"] if ring not in crimea]
    found["804"] += crimea
    for code in ("804", *JOINED.values()):
        found[code] = dissolved(found[code], degrees)
    del found[ANTARCTICA]
    return found, names


def path(rings: list[list[Point]]) -> str:
    """Short relative path commands in whole units."""
    text = ""
    for ring in rings:
        corners = [(round(x), round(y)) for x, y in ring]
        x, y = corners[0]
        steps = ""
        for nx, ny in corners[1:-1]:
            if (nx, ny) != (x, y):
                space = " " if steps and nx >= x else ""
                steps += f"{space}{nx - x}{' ' if ny >= y else ''}{ny - y}"
                x, y = nx, ny
        if steps:
            text += f"M{corners[0][0]} {corners[0][1]}l{steps}z"
    return text


def apart(dots: dict[str, Point]) -> dict[str, Point]:
    """The dots moved a little, until none covers another."""
    spots = {code: list(at) for code, at in dots.items()}
    for _round in range(200):
        for a in spots:
            for b in spots:
                dx, dy = spots[b][0] - spots[a][0], spots[b][1] - spots[a][1]
                distance = math.hypot(dx, dy)
                if a < b and distance < APART:
                    push = (APART - distance) / 4 / max(distance, 0.1)
                    spots[a][0] -= dx * push
                    spots[a][1] -= dy * push
                    spots[b][0] += dx * push
                    spots[b][1] += dy * push
    return {code: (at[0], at[1]) for code, at in spots.items()}


def is_cut(points: list[Point]) -> bool:
    """Whether a ring crosses the edge of the sheet; only Umnak of the Aleutians does."""
    across = [x for x, _ in points]
    return max(across) - min(across) > WIDTH / 2


def middle(points: list[Point]) -> Point:
    """The middle of a ring's corners."""
    return sum(x for x, _ in points) / len(points), sum(y for _, y in points) / len(points)


def main() -> None:
    """Read the shapes, write the rows."""
    topology = json.loads(Path(sys.argv[1]).read_text("utf-8"))
    found, names = shapes(topology)
    arcs = [thinned([on_sheet(*point) for point in arc]) for arc in decoded(topology)]
    places = Path("src/marra/kit/places.csv").read_text("utf-8").splitlines()
    members = {row["m49"].zfill(3): row["iso3"] for row in csv.DictReader(places)}
    rows: list[tuple[str, str, str]] = []
    dots: dict[str, Point] = {members[TUVALU[0]]: on_sheet(*TUVALU[1])}
    for code, rings in found.items():
        lines = sorted((walked(ring, arcs) for ring in rings), key=lambda line: -abs(area(line)))
        iso3 = members.get(code, "")
        if iso3 and sum(abs(area(line)) for line in lines) < DOT:
            dots[iso3] = middle(lines[0])
            continue
        kept = [line for line in lines if abs(area(line)) >= SPECK and not is_cut(line)]
        if kept:
            rows.append((iso3, "" if iso3 else names[code], path(kept)))
    rows += [(iso3, "", f"{x:.0f} {y:.0f}") for iso3, (x, y) in apart(dots).items()]
    if len({iso3 for iso3, *_ in rows if iso3}) != len(members):
        sys.exit("A member state is missing on the map.")
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(("iso3", "territory", "shape"))
    rows.sort(key=lambda row: (not row[2].startswith("M"), not row[0], row))
    writer.writerows(rows)


if __name__ == "__main__":
    main()
