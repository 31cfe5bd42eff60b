"""Where the councils of a table stand on a map of hexagons, on England or in a block beside it; lines of regions."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import sqrt

from dashboard.table import Place, Table

Cell = tuple[int, int]
Point = tuple[float, float]

ROW = sqrt(3) / 2
RADIUS = 1 / sqrt(3)
CORNERS = tuple(
    (across / 2, down * RADIUS / 2) for across, down in ((0, -2), (1, -1), (1, 1), (0, 2), (-1, 1), (-1, -1))
)
SIDES = ((1, -1), (2, 0), (1, 1), (-1, 1), (-2, 0), (-1, -1))
"""From a hexagon to the one beyond each side; side n lies between corners n and n + 1."""
WIDTHS = (5, 4, 6, 3)
HEADING = 2
CLEAR = 3
COUNTIES, AUTHORITIES, ELSEWHERE = "Counties", "Other authorities", "Not on the map"


@dataclass(frozen=True)
class Block:
    """Hexagons beside the map under a heading, which stands at `cell`."""

    heading: str
    cell: Cell
    cells: Mapping[str, Cell]


@dataclass(frozen=True)
class Ground:
    """A map: the councils on England at one set of boundaries, and blocks beside it. `until` is None for today's."""

    since: date | None
    until: date | None
    cells: Mapping[str, Cell]
    blocks: tuple[Block, ...]
    regions: Mapping[str, str]

    @property
    def every(self) -> dict[str, Cell]:
        """The hexagon of every council, on the map and beside it."""
        return {
            code: cell
            for cells in (self.cells, *(block.cells for block in self.blocks))
            for code, cell in cells.items()
        }


def ground_of(table: Table) -> Ground:
    """The map for the councils of a table: at the boundaries that show most of them, the latest of such."""
    codes = [str(row[table.by[0].id]) for row in table.rows]
    days = sorted({day for place in table.places.values() for day in place.hexagons})
    since = max(days, key=lambda day: (_shown(codes, table.places, day), day)) if days else None
    cells = {code: place.hexagons[since] for code, place in table.places.items() if since and since in place.hexagons}
    regions = {code: table.places[code].region for code in cells}
    later = [day for day in days if since and day > since]
    return Ground(since, min(later, default=None), cells, _blocks(codes, table.places, since, cells), regions)


def _shown(codes: Collection[str], places: Mapping[str, Place], day: date) -> int:
    """How many of the councils stand on the map, or are counties, on a day."""
    known = [places[code] for code in codes if code in places]
    return sum(1 for place in known if day in place.hexagons or (place.council_type == "county" and _stood(place, day)))


def _stood(place: Place, day: date) -> bool:
    return (place.since is None or place.since <= day) and (place.until is None or place.until >= day)


def _blocks(
    codes: Sequence[str], places: Mapping[str, Place], day: date | None, cells: Mapping[str, Cell]
) -> tuple[Block, ...]:
    """Counties of the day, whether they reported or not; then whoever else has a row and no hexagon."""
    counties = [code for code, place in places.items() if place.council_type == "county" and day and _stood(place, day)]
    left = [code for code in dict.fromkeys(codes) if code not in cells and code not in counties]
    others = [
        code for code in left if code in places and not places[code].hexagons and places[code].council_type != "county"
    ]
    elsewhere = [code for code in left if code not in others]
    taken, found = set(cells.values()), []
    for heading, members, right, first in (
        (COUNTIES, counties, True, 0),
        (AUTHORITIES, others, False, 0),
        (ELSEWHERE, elsewhere, False, 10),
    ):
        if members:
            block = _block(heading, members, right, first, taken)
            taken |= set(block.cells.values())
            found.append(block)
    return tuple(found)


def _block(heading: str, members: Sequence[str], right: bool, first: int, taken: set[Cell]) -> Block:
    """A rectangle of hexagons in a free place at an edge of the map, from a row downwards; else below the map."""
    edge, bottom = max((a for a, _ in taken), default=0), max((d for _, d in taken), default=-HEADING - 2)
    for wide in WIDTHS:
        deep, left = -(-len(members) // wide), edge - 2 * wide + 1 if right else 0
        tops = [top for top in range(first, bottom - deep) if _is_free(left, top, wide, deep, taken)]
        if tops:
            return _rectangle(heading, members, (left, tops[0] + HEADING), wide)
    return _rectangle(heading, members, (0, bottom + 2 + HEADING), max(WIDTHS[0], edge // 2))


def _rectangle(heading: str, members: Sequence[str], corner: Cell, wide: int) -> Block:
    rows = [divmod(place, wide) for place in range(len(members))]
    cells = [(corner[0] + 2 * place + down % 2, corner[1] + down) for down, place in rows]
    return Block(heading, corner, dict(zip(members, cells, strict=True)))


def _is_free(left: int, top: int, wide: int, deep: int, taken: set[Cell]) -> bool:
    across = range(left - CLEAR, left + 2 * wide + CLEAR)
    down = range(top - 1, top + HEADING + deep + 1)
    return not any(a in across and d in down for a, d in taken)


def middle(cell: Cell) -> Point:
    """The middle of a hexagon, in widths of one."""
    return cell[0] / 2, cell[1] * ROW


def corners(cell: Cell, size: float = 1.0) -> list[Point]:
    """The corners of a hexagon, clockwise from the top."""
    x, y = middle(cell)
    return [(x + across * size, y + down * size) for across, down in CORNERS]


def borders(ground: Ground) -> list[tuple[Point, Point]]:
    """The sides at which a region ends, each once."""
    region = {cell: ground.regions[code] for code, cell in ground.cells.items()}
    found = []
    for (across, down), own in sorted(region.items()):
        points = corners((across, down))
        for side, (a, d) in enumerate(SIDES):
            other = region.get((across + a, down + d))
            if other != own and (other is None or side < 3):
                found.append((points[side], points[(side + 1) % 6]))
    return found
