"""The map of hexagons: every council once, regions whole and where they lie, made by its script and by no chance."""

import csv
import importlib
import sys
from collections import Counter
from itertools import combinations
from pathlib import Path
from statistics import mean

import pytest

REFERENCE = Path(__file__).resolve().parents[1] / "data" / "reference"
CLEARLY = 0.5
"""Degrees between centres of regions that make one of them clearly the more northern, or the more eastern."""


def rows_of(name: str) -> list[dict[str, str]]:
    with (REFERENCE / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


COUNCILS = {row["gss_code"]: row for row in rows_of("councils.csv")}
HEXES = rows_of("hexes.csv")
DAYS = sorted({row["boundaries_from"] for row in HEXES})
every_day = pytest.mark.parametrize("day", DAYS)


@pytest.fixture(scope="module")
def make_hexes():
    """The script, imported from its own folder, with nothing left behind for other tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(REFERENCE))
        yield importlib.import_module("make_hexes")
    for name in ("make_hexes", "hexagons"):
        sys.modules.pop(name, None)


def cells_of(day: str) -> dict[str, tuple[int, int]]:
    return {row["gss_code"]: (int(row["across"]), int(row["down"])) for row in HEXES if row["boundaries_from"] == day}


def around(cell: tuple[int, int]) -> set[tuple[int, int]]:
    across, down = cell
    return {(across + a, down + d) for a, d in ((-2, 0), (2, 0), (-1, -1), (1, -1), (-1, 1), (1, 1))}


def pieces(cells: set[tuple[int, int]]) -> int:
    """How many pieces cells fall into that do not touch."""
    left, found = set(cells), 0
    while left:
        found, todo = found + 1, [left.pop()]
        while todo:
            reached = around(todo.pop()) & left
            left -= reached
            todo += reached
    return found


def by_region(day: str) -> dict[str, set[tuple[int, int]]]:
    found: dict[str, set[tuple[int, int]]] = {}
    for code, cell in cells_of(day).items():
        found.setdefault(COUNCILS[code]["region"], set()).add(cell)
    return found


@every_day
def test_every_council_of_a_day_has_a_hexagon_and_no_two_have_one(make_hexes, day):
    cells = cells_of(day)
    assert set(cells) == {row["gss_code"] for row in make_hexes.standing(make_hexes.councils(), day)}
    assert max(Counter(cells.values()).values()) == 1
    assert {(across + down) % 2 for across, down in cells.values()} <= {(sum(min(cells.values())) % 2)}


@every_day
def test_england_is_one_piece_without_holes(day):
    cells = set(cells_of(day).values())
    wide, deep = max(a for a, _ in cells) + 2, max(d for _, d in cells) + 1
    parity = sum(min(cells)) % 2
    ground = {(a, d) for d in range(-1, deep + 1) for a in range(-2, wide + 1) if (a + d) % 2 == parity}
    assert pieces(cells) == 1
    assert pieces(ground - cells) == 1


@every_day
def test_councils_stand_beside_others_of_their_region_and_each_region_is_one_piece(day):
    regions = by_region(day)
    beside_own = [bool(around(cell) & cells) for cells in regions.values() for cell in cells]
    assert mean(beside_own) >= 0.9
    assert {region: pieces(cells) for region, cells in regions.items()} == dict.fromkeys(regions, 1)


@every_day
def test_regions_keep_their_order_from_north_to_south_and_from_west_to_east(day):
    regions = by_region(day)
    for one, other in combinations(sorted(regions), 2):
        for axis, column, sign in ((0, "longitude", 1), (1, "latitude", -1)):
            true = [
                mean(float(COUNCILS[code][column]) for code in cells_of(day) if COUNCILS[code]["region"] == region)
                for region in (one, other)
            ]
            drawn = [mean(cell[axis] for cell in regions[region]) for region in (one, other)]
            if abs(true[0] - true[1]) >= CLEARLY:
                assert (true[0] - true[1]) * sign * (drawn[0] - drawn[1]) > 0, (one, other, column)


def test_the_file_holds_what_the_script_makes_in_whatever_order_the_councils_come(make_hexes):
    day = DAYS[-1]
    rows = reversed(make_hexes.standing(make_hexes.councils(), day))
    centres = [
        make_hexes.Centre(row["gss_code"], row["region"], float(row["latitude"]), float(row["longitude"]))
        for row in rows
    ]
    assert make_hexes.layout(centres) == cells_of(day)


def test_another_set_of_boundaries_begins_whenever_a_council_begins_or_ends(make_hexes):
    assert (
        make_hexes.boundaries(make_hexes.councils())
        == DAYS
        == [
            "2012-04-01",
            "2019-04-01",
            "2020-04-01",
            "2021-04-01",
            "2023-04-01",
        ]
    )
