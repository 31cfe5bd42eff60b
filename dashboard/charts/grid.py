"""A table of two dimensions as rows and columns: years without a gap, what is not stated at the end."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from dashboard.charts.rows import LAST, Row
from dashboard.charts.trend import full_years
from dashboard.dimensions import Dimension
from dashboard.measures import Measure
from dashboard.style import plain_text
from dashboard.table import Setting, Table, place_of


@dataclass(frozen=True)
class Place:
    """A row or a column. `last` is what was not stated, or mapped to no value: it stands at the end, set apart."""

    code: str
    label: str
    last: bool


@dataclass(frozen=True)
class Grid:
    """Rows of the first dimension, columns of the second, and the table's rows where they cross."""

    rows: tuple[Place, ...]
    columns: tuple[Place, ...]
    cells: Mapping[tuple[str, str], Row]

    def at(self, row: Place, column: Place) -> Row | None:
        """What the table reports for a row and a column; None if no line does."""
        return self.cells.get((row.code, column.code))

    def along(self, row: Place) -> list[tuple[Place, Row]]:
        """The columns that a row reports, with what it reports, in order."""
        found = [(column, self.at(row, column)) for column in self.columns]
        return [(column, cell) for column, cell in found if cell is not None]

    def total(self, row: Place, measure: Measure) -> Decimal | None:
        """The sum of a row where the measure adds up; None if it does not, or nothing is known."""
        values = [cell[measure.id] for _, cell in self.along(row) if cell[measure.id] is not None]
        return sum(values, start=Decimal(0)) if values and measure.adds_up else None


def grid_of(table: Table, setting: Setting) -> Grid:
    """The grid of a table by two dimensions: rows by size where that may be said, otherwise in their own order."""
    down, across = table.by
    measure = table.measures[0]
    cells = {(row[down.id], row[across.id]): row for row in table.rows}
    columns = places_of(table, across, (code for _, code in cells))
    grid = Grid(places_of(table, down, (code for code, _ in cells)), columns, cells)
    if down.ordered or setting.examples or not measure.adds_up:
        return grid
    sizes = {row.code: grid.total(row, measure) for row in grid.rows}
    stated = [row for row in grid.rows if not row.last]
    stated.sort(key=lambda row: (sizes[row.code] is None, -(sizes[row.code] or 0)))
    return Grid((*stated, *(row for row in grid.rows if row.last)), columns, cells)


def places_of(table: Table, dimension: Dimension, codes: Iterable[str]) -> tuple[Place, ...]:
    """The places of a dimension in order: every year from the first to the last, then what is set apart."""
    found = sorted(set(codes), key=lambda code: place_of(dimension, code, table.labels.get(dimension.id, {})))
    stated = [code for code in found if code not in LAST]
    if dimension.ordered:
        stated = full_years(stated)
    apart = sorted((code for code in found if code in LAST), key=LAST.index, reverse=True)
    return tuple(Place(code, plain_text(table.label(dimension, code)), code in LAST) for code in (*stated, *apart))


def spaced(places: Sequence[Place], size: float, gap: float) -> list[float]:
    """The middle of each place along an axis, a gap before the first of those set apart."""
    middles, end = [], 0.0
    for number, place in enumerate(places):
        end += gap if place.last and number and not places[number - 1].last else 0
        middles.append(end + size / 2)
        end += size
    return middles
