"""A grid of cells, light to dark by amount: one measure by two dimensions, each cell with its value."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from dashboard.charts.frame import LEGEND, NARROWEST, SMALL_SIZE, TEXT_SIZE, hover, label_axis, layout, wrapped
from dashboard.charts.grid import Grid, Place, grid_of, spaced
from dashboard.charts.heat_words import heat_words
from dashboard.charts.rows import Row, base_of, in_full, known, mark_id, parts_of_whole, shown
from dashboard.charts.shades import Step, ink_of_step, marker_of_step, step_of, steps_of
from dashboard.charts.trend import YEAR
from dashboard.charts.words import nothing, share_of
from dashboard.dimensions import NOT_STATED, Dimension
from dashboard.measures import Measure
from dashboard.style import CLEAR, palette, plotly_text
from dashboard.table import Setting, Table, Words

CELL, TALL_CELL, LABEL, BETWEEN, LINE = 28, 42, 20, 6, 17
INSET = 1.5
GAP_ACROSS, GAP_DOWN = 0.25, 16
HEADING = 50
LETTER, SMALL_LETTER = 7, 6
NARROW_CELL = 36
LABEL_WIDTH, HEADING_WIDTH = 16, 7
FEW_COLUMNS, MANY_COLUMNS = 4, 9
"""Up to few, years are written out; beyond many, they are shortened, and on a phone values stand upright in cells."""
BARE = {"visible": False, "fixedrange": True}
NO_LINE, UNKNOWN, ZERO, BELOW = "No amount reported", "? Amount not known", "Zero", "Below zero (−)"


@dataclass(frozen=True)
class Look:
    """How cells of one entry of the legend are drawn, and the colour of what is written on them."""

    marker: Mapping[str, Any]
    ink: str


@dataclass(frozen=True)
class Cell:
    """A cell: its middle across, its top and what the table reports for it; None if no line does."""

    across: float
    top: float
    row: Row | None
    name: str


@dataclass(frozen=True)
class Lanes:
    """The rows in pixels from the top: their labels, the tops of their cells, the end of the last."""

    labels: tuple[str, ...]
    tops: tuple[float, ...]
    high: int
    end: float
    beside: bool


@dataclass(frozen=True)
class Heat:
    """Cells of the first measure: the table's first dimension down, its second across."""

    def draw(self, table: Table, setting: Setting) -> dict[str, Any] | None:
        """The cells, an entry of the legend a trace; None if no row knows an amount."""
        measure = table.measures[0]
        if not known(table, measure):
            return None
        grid = grid_of(table, setting)
        lanes, across = _lanes(grid, table), spaced(grid.columns, 1, GAP_ACROSS)
        steps = steps_of(Decimal(row[measure.id]) for row in known(table, measure))
        groups: dict[str, list[Cell]] = {}
        for cell in _cells(grid, lanes, across, table.by[0]):
            groups.setdefault(_entry(cell.row, measure, steps), []).append(cell)
        looks = _looks(measure, steps, setting.dark)
        data = [_trace(name, groups[name], looks[name], lanes.high, table) for name in looks if name in groups]
        return {"data": data, "layout": _layout(grid, lanes, across, list(groups), setting)}

    def describe(self, table: Table, setting: Setting) -> Words:
        """Which cell holds most, by cells of five projects or more; chosen examples are listed, not ranked."""
        if not known(table, table.measures[0]):
            return nothing(table, setting)
        return heat_words(table, grid_of(table, setting), setting)


def _looks(measure: Measure, steps: Sequence[Step], dark: bool) -> dict[str, Look]:
    """Every entry of the legend in order: the steps, then what has no place among them."""
    colours = palette(dark)
    stepped = {
        step.words(measure): Look(marker_of_step(step, measure, dark), ink_of_step(step, measure, dark))
        for step in steps
    }
    hollow = {
        BELOW: Look({"color": CLEAR, "line": {"color": colours.ink, "width": 2}}, colours.ink),
        ZERO: Look({"color": CLEAR, "line": {"color": colours.quiet, "width": 1}}, colours.ink),
        UNKNOWN: Look({"color": CLEAR, "line": {"color": colours.quiet, "width": 1}}, colours.ink),
        NO_LINE: Look({"color": CLEAR, "line": {"color": colours.rule, "width": 1}}, colours.quiet),
    }
    return stepped | hollow


def _entry(row: Row | None, measure: Measure, steps: list[Step]) -> str:
    """The entry of the legend that a cell belongs to."""
    if row is None:
        return NO_LINE
    value = row[measure.id]
    if value is None:
        return UNKNOWN
    if value <= 0:
        return BELOW if value else ZERO
    return step_of(value, steps).words(measure)


def _lanes(grid: Grid, table: Table) -> Lanes:
    """Labels stand beside the rows where, on a phone, values can still be read; otherwise above them."""
    measure = table.measures[0]
    names = [_named(row, table.by[0]) for row in grid.rows]
    high = CELL if len(grid.columns) <= MANY_COLUMNS else TALL_CELL
    beside = _fits_beside(names, grid)
    labels = [
        _label(name, grid.total(row, measure), measure, beside) for name, row in zip(names, grid.rows, strict=True)
    ]
    tops, end = [], 0.0
    for number, (row, label) in enumerate(zip(grid.rows, labels, strict=True)):
        end += GAP_DOWN if row.last and number and not grid.rows[number - 1].last else 0
        slot = max(high, LINE * (label.count("<br>") + 1)) if beside else LABEL + high
        tops.append(end + ((slot - high) / 2 if beside else LABEL))
        end += slot + BETWEEN
    return Lanes(tuple(labels), tuple(tops), high, end, beside)


def _fits_beside(names: Sequence[str], grid: Grid) -> bool:
    """Whether a phone has room for labels beside the rows, with values in the cells and headings over them."""
    longest = max(len(line) for name in names for line in _lines(name, LABEL_WIDTH))
    headings = [_heading(column, len(grid.columns)).split("<br>") for column in grid.columns]
    cell = max(NARROW_CELL, SMALL_LETTER * max(len(line) for heading in headings for line in heading))
    across = spaced(grid.columns, 1, GAP_ACROSS)[-1] + 0.5
    return (NARROWEST - LETTER * longest - 20) / across >= cell


def _lines(text: str, width: int) -> list[str]:
    """The lines of a label, no word of it broken."""
    return wrapped(text, max(width, *(len(word) for word in text.split()), 1))


def _named(row: Place, dimension: Dimension) -> str:
    """What a row is called: a year with what it is the year of, since columns may be years too."""
    return f"{dimension.label} {row.label}" if dimension.ordered and not row.last else row.label


def _label(name: str, total: Decimal | None, measure: Measure, beside: bool) -> str:
    """A row's name with its sum, where it has one."""
    lines = _lines(name, LABEL_WIDTH) if beside else [f"<b>{plotly_text(name)}</b>"]
    if total is None:
        return "<br>".join(lines)
    return ("<br>" if beside else "\u2002").join(["<br>".join(lines), plotly_text(shown(measure, total))])


def _cells(grid: Grid, lanes: Lanes, across: Sequence[float], down: Dimension) -> Iterator[Cell]:
    for row, top in zip(grid.rows, lanes.tops, strict=True):
        for column, middle in zip(grid.columns, across, strict=True):
            yield Cell(middle, top, grid.at(row, column), f"{_named(row, down)}, {column.label}")


def _trace(name: str, cells: Sequence[Cell], look: Look, high: int, table: Table) -> dict[str, Any]:
    measure = table.measures[0]
    inset = INSET if look.marker["color"] == CLEAR else 0.0
    exact = [float(cell.row[measure.id]) for cell in cells if cell.row and cell.row[measure.id] is not None]
    return {
        "type": "bar",
        "name": name,
        "x": [cell.across for cell in cells],
        "base": [cell.top + inset for cell in cells],
        "y": [high - 2 * inset] * len(cells),
        "width": 0.98 - 0.02 * bool(inset),
        **({"customdata": exact} if exact else {}),
        "ids": [mark_id(table, cell.row) if cell.row else "" for cell in cells],
        "text": [_written(cell.row, measure) for cell in cells],
        "textposition": "inside",
        "insidetextanchor": "middle",
        **({"textangle": 0} if high == CELL else {}),
        "textfont": {"color": look.ink, "size": SMALL_SIZE},
        "hoverinfo": "text",
        "hovertext": [_hover(cell, table) for cell in cells],
        "marker": dict(look.marker),
    }


def _written(row: Row | None, measure: Measure) -> str:
    if row is None:
        return ""
    return "?" if row[measure.id] is None else shown(measure, row[measure.id])


def _hover(cell: Cell, table: Table) -> str:
    measure = table.measures[0]
    if cell.row is None:
        return hover(cell.name, NO_LINE)
    value, whole = cell.row[measure.id], parts_of_whole(table, measure)
    share = [share_of(value, whole)] if whole and value is not None else []
    return hover(cell.name, f"{measure.label}: {in_full(measure, value)}", *share, base_of(cell.row))


def _layout(
    grid: Grid, lanes: Lanes, across: Sequence[float], names: Sequence[str], setting: Setting
) -> dict[str, Any]:
    middles = [top + lanes.high / 2 for top in lanes.tops]
    above = [] if lanes.beside else [_above(label, top) for label, top in zip(lanes.labels, lanes.tops, strict=True)]
    span = {"range": [lanes.end, 0]}
    yaxis = label_axis(middles, lanes.labels, ticks="", **span) if lanes.beside else BARE | span
    frame = layout(
        setting,
        round(lanes.end) + HEADING,
        names,
        above,
        margin={"l": 4, "r": 4},
        xaxis=label_axis(
            across,
            [_heading(column, len(grid.columns)) for column in grid.columns],
            range=[-0.02, across[-1] + 0.52],
            side="top",
            autotickangles=[0, -45, -90],
            tickfont={"size": SMALL_SIZE},
            ticks="",
        ),
        yaxis=yaxis,
        barmode="overlay",
        uniformtext={"mode": "hide", "minsize": 9},
    )
    return frame | {"legend": LEGEND | {"y": 0, "yanchor": "bottom"}}


def _above(label: str, top: float) -> dict[str, Any]:
    at = {"xref": "paper", "x": 0, "xanchor": "left", "yref": "y", "y": top, "yanchor": "bottom"}
    return {"text": label, "showarrow": False, "font": {"size": TEXT_SIZE}, "borderpad": 0, **at}


def _heading(column: Place, columns: int) -> str:
    """A column's label in short: years broken after the dash, or without their century where columns are many."""
    year = YEAR.fullmatch(column.label)
    if year and columns > FEW_COLUMNS:
        return f"{year[1]}-<br>{year[2]}" if columns <= MANY_COLUMNS else f"{year[1][2:]}-{year[2]}"
    if column.code == NOT_STATED and columns > MANY_COLUMNS:
        return "Not<br>stated"
    return "<br>".join(_lines(column.label, HEADING_WIDTH))
