"""Makes `world.json.gz`, the outlines of the map, from the npm package `world-atlas` 2.0.2 (Natural Earth 4.1).

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    .venv/bin/python resources/map/recipe.py package

Natural Earth is in the public domain (naturalearthdata.com). Coordinates are hundredths of a degree, longitude first,
each but the first of a line as its distance from the one before. `land` has polygons of rings, the first of which is
the outer one; `borders` are the lines between two countries; `names` are countries with the middle of their largest
part, the largest country first. What crosses 180° E is there twice, so that each copy is whole on its side.
"""

from __future__ import annotations

import gzip
import json
import sys
from collections import Counter
from itertools import chain, pairwise
from pathlib import Path
from typing import Any

PER_DEGREE = 100
HALF, POLE = 180 * PER_DEGREE, 90 * PER_DEGREE
LEVELS = {"coarse": "countries-110m.json", "fine": "countries-50m.json"}

Point = tuple[int, int]


def main() -> None:
    atlas, target = Path(sys.argv[1]), Path(__file__).with_name("world.json.gz")
    world: dict[str, Any] = {}
    for level, name in LEVELS.items():
        topology = json.loads((atlas / name).read_text(encoding="utf-8"))
        arcs = [points_of(arc, topology["transform"]) for arc in topology["arcs"]]
        world[level] = {"land": land(topology, arcs), "borders": borders(topology, arcs)}
        if level == "fine":
            world["names"] = names(topology, arcs)
    text = json.dumps(world, ensure_ascii=False, separators=(",", ":"))
    target.write_bytes(gzip.compress(text.encode("utf-8"), mtime=0))
    print(target, target.stat().st_size, "bytes")


def points_of(arc: list[list[int]], transform: dict[str, list[float]]) -> list[Point]:
    """An arc of the topology in hundredths of a degree."""
    x = y = 0
    found: list[Point] = []
    for step_x, step_y in arc:
        x, y = x + step_x, y + step_y
        places = (
            round((at * scale + move) * PER_DEGREE)
            for at, scale, move in zip((x, y), transform["scale"], transform["translate"], strict=True)
        )
        point = (next(places), next(places))
        if not found or found[-1] != point:
            found.append(point)
    return found


def ring(numbers: list[int], arcs: list[list[Point]]) -> list[Point]:
    """Arcs behind each other; a negative number is an arc walked backward."""
    found: list[Point] = []
    for number in numbers:
        points = arcs[number] if number >= 0 else arcs[~number][::-1]
        found += points[1:] if found else points
    return found


def polygons(geometry: dict[str, Any]) -> list[list[list[int]]]:
    if geometry["type"] == "Polygon":
        return [geometry["arcs"]]
    return list(geometry["arcs"]) if geometry["type"] == "MultiPolygon" else []


def land(topology: dict[str, Any], arcs: list[list[Point]]) -> list[list[list[int]]]:
    found = []
    for geometry in topology["objects"]["land"]["geometries"]:
        for polygon in polygons(geometry):
            rings = [ring(numbers, arcs) for numbers in polygon]
            found += unrolled([points for points in rings if len(points) > 3])
    return [[flat(points) for points in rings] for rings in found if rings]


def unrolled(rings: list[list[Point]]) -> list[list[list[Point]]]:
    """A polygon without leaps from 180° E to 180° W: what crosses that line is there twice, once at either side."""
    straight = [continued(points) for points in rings]
    found = [straight]
    sides = [side for side in (1, -1) if any(side * x > HALF for points in straight for x, _ in points)]
    return found + [[[(x - side * 2 * HALF, y) for x, y in points] for points in straight] for side in sides]


def continued(points: list[Point]) -> list[Point]:
    """A ring that goes on beyond 180°; one around the South Pole is closed along it."""
    found, turn = [points[0]], 0
    for before, (x, y) in pairwise(points):
        turn += 2 * HALF * ((x - before[0] < -HALF) - (x - before[0] > HALF))
        found.append((x + turn, y))
    if turn:
        found += [(found[-1][0], -POLE), (found[0][0], -POLE), found[0]]
    return found


def borders(topology: dict[str, Any], arcs: list[list[Point]]) -> list[list[int]]:
    """Arcs that more than one country has."""
    countries = topology["objects"]["countries"]["geometries"]
    used = Counter(
        number if number >= 0 else ~number
        for country in countries
        for polygon in polygons(country)
        for number in chain.from_iterable(polygon)
    )
    return [flat(arcs[number]) for number, times in sorted(used.items()) if times > 1 and len(arcs[number]) > 1]


def names(topology: dict[str, Any], arcs: list[list[Point]]) -> list[list[Any]]:
    found = []
    for country in topology["objects"]["countries"]["geometries"]:
        rings = [continued(ring(polygon[0], arcs)) for polygon in polygons(country)]
        size, largest = max((abs(area(points)), points) for points in rings)
        longitude, latitude = middle(largest)
        found.append((size, [country["properties"]["name"], round(longitude), round(latitude)]))
    return [entry for _size, entry in sorted(found, key=lambda each: -each[0])]


def area(points: list[Point]) -> float:
    return sum(first[0] * second[1] - second[0] * first[1] for first, second in pairwise(points)) / 2


def middle(points: list[Point]) -> tuple[float, float]:
    """The centre of gravity."""
    six = 6 * area(points)
    x = y = 0.0
    for first, second in pairwise(points):
        cross = first[0] * second[1] - second[0] * first[1]
        x, y = x + (first[0] + second[0]) * cross, y + (first[1] + second[1]) * cross
    return x / six, y / six


def flat(points: list[Point]) -> list[int]:
    found, before = [], (0, 0)
    for point in points:
        found += [point[0] - before[0], point[1] - before[1]]
        before = point
    return found


if __name__ == "__main__":
    main()
