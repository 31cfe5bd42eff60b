"""Lays councils out on equal hexagons, from the centres of their areas alone; no map of anybody else is used."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import floor, sqrt

KM_PER_DEGREE = 111.32
NARROWING = 0.6046
"""The cosine of 52.8 degrees: how much shorter a degree of longitude is than one of latitude in mid-England."""
ENGLAND = 130_279
"""Square kilometres."""
ROW = sqrt(3) / 2
"""From one row of hexagons to the next, where hexagons of a row are 1 apart."""
SIDES = ((-2, 0), (2, 0), (-1, -1), (1, -1), (-1, 1), (1, 1))
NEAREST = 24
HOME = 0.005
PULL = 0.05
DIRECTION = 0.5
TOGETHER = 5.0
FAR = 2.2

Point = tuple[float, float]
Cell = tuple[int, int]
Bearings = list[list[tuple[int, float, float]]]


@dataclass(frozen=True)
class Centre:
    """The centre of a council's area, in degrees."""

    code: str
    region: str
    latitude: float
    longitude: float


def layout(centres: Iterable[Centre]) -> dict[str, Cell]:
    """{code: (across, down)}: a hexagon for each council, in half hexagons from the left and rows from the top.

    Two hexagons of a row are 2 across from each other, and those of the next row stand 1 aside.

    1. Centres are put on a plane (equirectangular at 52.8 N), scaled so that England has one hexagon for each council.
    2. Neighbours are pairs of centres with no third centre in the circle between them (Gabriel graph).
    3. Each council asks its neighbours to stand one hexagon away from it, in their true directions; the places that
       suit all best, and lie not too far from the true ones, spread the towns and draw the country together.
    4. Councils closer than one hexagon push each other apart; neighbours further away draw each other near.
    5. England is the hexagons where they then stand densest, as many as councils, in one piece and without holes.
    6. Councils take hexagons, whoever has the shortest way first. Then any two within two hexagons of each other
       change places as long as it lowers the sum of squared ways, half the squared errors of neighbours' directions,
       and 5 less for every side that two councils of a region share.

    Every order is total, ties going by code, and only exact arithmetic and square roots are used: the same centres
    give the same hexagons on every machine.
    """
    ordered = sorted(centres, key=lambda centre: centre.code)
    bearings = neighbours(plane(ordered))
    places = pushed_apart(evened_out(plane(ordered), bearings), bearings)
    taken = settled(places, densest(places), bearings, [centre.region for centre in ordered])
    left, top = min(across for across, _ in taken), min(down for _, down in taken)
    return {centre.code: (a - left, d - top) for centre, (a, d) in zip(ordered, taken, strict=True)}


def plane(centres: Sequence[Centre]) -> list[Point]:
    """Centres on a plane, y downwards, in widths of a hexagon."""
    scale = KM_PER_DEGREE / sqrt(ENGLAND / len(centres) / ROW)
    return [(one.longitude * NARROWING * scale, -one.latitude * scale) for one in centres]


def neighbours(points: Sequence[Point]) -> Bearings:
    """For each point its Gabriel neighbours, with the direction to each as a step of length 1."""
    near = [sorted(range(len(points)), key=lambda j: (_apart(one, points[j]), j))[1:NEAREST] for one in points]
    pairs = set()
    for i, others in enumerate(near):
        for j in others:
            middle = ((points[i][0] + points[j][0]) / 2, (points[i][1] + points[j][1]) / 2)
            reach = _apart(points[i], points[j]) / 4
            if all(_apart(points[k], middle) >= reach for k in others if k != j):
                pairs.add((min(i, j), max(i, j)))
    found: Bearings = [[] for _ in points]
    for i, j in sorted(pairs):
        length = sqrt(_apart(points[i], points[j]))
        x, y = (points[j][0] - points[i][0]) / length, (points[j][1] - points[i][1]) / length
        found[i].append((j, x, y))
        found[j].append((i, -x, -y))
    return found


def _apart(one: Point, other: Point) -> float:
    """The squared distance."""
    return (one[0] - other[0]) * (one[0] - other[0]) + (one[1] - other[1]) * (one[1] - other[1])


def evened_out(points: Sequence[Point], bearings: Bearings) -> list[Point]:
    """Places that come nearest to every neighbour one hexagon away in its true direction (least squares)."""
    places = list(points)
    for _ in range(400):
        for i, around in enumerate(bearings):
            x = points[i][0] * HOME + sum(places[j][0] - across for j, across, _ in around)
            y = points[i][1] * HOME + sum(places[j][1] - down for j, _, down in around)
            places[i] = (x / (HOME + len(around)), y / (HOME + len(around)))
    return places


def pushed_apart(points: Sequence[Point], bearings: Bearings) -> list[Point]:
    """Places of which hardly any two are closer than one hexagon, neighbours drawn near."""
    places = list(points)
    for _ in range(100):
        squares: dict[Cell, list[int]] = {}
        for i, (x, y) in enumerate(places):
            squares.setdefault((floor(x), floor(y)), []).append(i)
        places = [_pushed(i, places, squares, bearings[i]) for i in range(len(places))]
    return places


def _pushed(i: int, places: Sequence[Point], squares: dict[Cell, list[int]], around: list) -> Point:
    x, y = places[i]
    moved_x, moved_y = x, y
    for square in ((floor(x) + a, floor(y) + b) for a in (-1, 0, 1) for b in (-1, 0, 1)):
        for j in squares.get(square, ()):
            length = sqrt(_apart(places[i], places[j]))
            if j != i and 0 < length < 1:
                push = (1 - length) / length / 4
                moved_x, moved_y = moved_x + (x - places[j][0]) * push, moved_y + (y - places[j][1]) * push
    for j, _, _ in around:
        length = sqrt(_apart(places[i], places[j]))
        if length > 1:
            pull = (length - 1) / length * PULL
            moved_x, moved_y = moved_x + (places[j][0] - x) * pull, moved_y + (places[j][1] - y) * pull
    return moved_x, moved_y


def centre_of(cell: Cell) -> Point:
    """The middle of a hexagon, in widths of a hexagon."""
    return cell[0] / 2, cell[1] * ROW


def beside(cell: Cell) -> list[Cell]:
    """The six hexagons around one."""
    return [(cell[0] + across, cell[1] + down) for across, down in SIDES]


def densest(places: Sequence[Point]) -> list[Cell]:
    """As many hexagons as places, where those stand densest: in one piece, without holes."""
    density = {cell: _density(centre_of(cell), places) for cell in _ground(places)}
    ranked = sorted(density, key=lambda cell: (-density[cell], cell))
    land = set(ranked[: len(places)])
    for _ in range(50):
        sea = _joined(ranked[-1], density.keys() - land)
        holes, islands = density.keys() - land - sea, land - _joined(ranked[0], land)
        if not holes and not islands:
            break
        land = (land | holes) - islands
        while len(land) > len(places):
            land.remove(next(cell for cell in reversed(ranked) if cell in land and sea & set(beside(cell))))
        while len(land) < len(places):
            land.add(next(cell for cell in ranked if cell not in land and land & set(beside(cell))))
    return sorted(land)


def _ground(places: Sequence[Point]) -> list[Cell]:
    """All hexagons of the rectangle around the places, with a margin."""
    left, right = floor(min(x for x, _ in places)) - 3, floor(max(x for x, _ in places)) + 4
    top, bottom = floor(min(y for _, y in places) / ROW) - 3, floor(max(y for _, y in places) / ROW) + 4
    return [(a, d) for d in range(top, bottom) for a in range(2 * left, 2 * right) if (a + d) % 2 == 0]


def _density(middle: Point, places: Sequence[Point]) -> float:
    """How much stands within a hexagon and a half, the nearer the more."""
    near = [1 - apart / 2.25 for place in places if (apart := _apart(middle, place)) < 2.25]
    return sum(one * one * one for one in near)


def _joined(start: Cell, cells: Iterable[Cell]) -> set[Cell]:
    """The cells that hang together with one."""
    left, found, todo = set(cells) - {start}, {start}, [start]
    while todo:
        reached = left.intersection(beside(todo.pop()))
        left -= reached
        found |= reached
        todo += sorted(reached)
    return found


def settled(places: Sequence[Point], cells: Sequence[Cell], bearings: Bearings, regions: Sequence[str]) -> list[Cell]:
    """The hexagon of each place: the shortest way first, then better by changing places two by two."""
    ways = sorted((_apart(place, centre_of(cell)), i, cell) for i, place in enumerate(places) for cell in cells)
    taken: dict[int, Cell] = {}
    holder: dict[Cell, int] = {}
    for _, i, cell in ways:
        if i not in taken and cell not in holder:
            taken[i], holder[cell] = cell, i
    near = {cell: [other for other in cells if other != cell and _is_near(cell, other)] for cell in cells}
    cost = _Cost(places, bearings, regions, taken, holder)
    for _ in range(60):
        if not sum([_improved(i, near[taken[i]], cost) for i in range(len(places))]):
            break
    return [taken[i] for i in range(len(places))]


def _is_near(cell: Cell, other: Cell) -> bool:
    return _apart(centre_of(cell), centre_of(other)) < FAR * FAR


def _improved(i: int, near: Sequence[Cell], cost: "_Cost") -> bool:
    """Changes a council's place with the one near it that lowers the cost most; False if none does."""
    gains = [(cost.gain(i, cost.holder[cell]), cell) for cell in near]
    gain, cell = min(gains)
    if gain > -1e-9:
        return False
    cost.swap(i, cost.holder[cell])
    return True


@dataclass(frozen=True)
class _Cost:
    """What a settlement costs; `taken` and `holder` change as councils change places."""

    places: Sequence[Point]
    bearings: Bearings
    regions: Sequence[str]
    taken: dict[int, Cell]
    holder: dict[Cell, int]

    def swap(self, i: int, j: int) -> None:
        """Two councils change places."""
        self.taken[i], self.taken[j] = self.taken[j], self.taken[i]
        self.holder[self.taken[i]], self.holder[self.taken[j]] = i, j

    def gain(self, i: int, j: int) -> float:
        """How much the cost would change if two councils changed places."""
        before = self._of(i) + self._of(j)
        self.swap(i, j)
        after = self._of(i) + self._of(j)
        self.swap(i, j)
        return after - before

    def _of(self, i: int) -> float:
        x, y = centre_of(self.taken[i])
        cost = _apart((x, y), self.places[i])
        for j, across, down in self.bearings[i]:
            other_x, other_y = centre_of(self.taken[j])
            cost += DIRECTION * _apart((other_x - x, other_y - y), (across, down))
        around = (self.holder.get(cell) for cell in beside(self.taken[i]))
        return cost - TOGETHER * sum(1 for j in around if j is not None and self.regions[j] == self.regions[i])
