"""What a grid of cells says in words: which cell holds most, and every cell in the order of the rows."""

from collections.abc import Sequence
from decimal import Decimal

from dashboard.charts.grid import Grid, Place
from dashboard.charts.rows import (
    FEWEST_TO_RANK,
    Row,
    base_of,
    in_full,
    known,
    lower_first,
    parts_of_whole,
    shown,
)
from dashboard.charts.words import is_plural, joined, most_words, reported, share_of, spoken, unknown_note
from dashboard.dimensions import NOT_STATED
from dashboard.measures import Measure
from dashboard.style import counted, plain_text
from dashboard.table import Setting, Table, Words

Found = tuple[Place, Place, Row]
"""A row, a column, and what the table reports where they cross."""


def heat_words(table: Table, grid: Grid, setting: Setting) -> Words:
    """Which cell holds most, by cells of five projects or more; chosen examples are listed, not ranked."""
    return spoken(_headline(table, grid, setting), _alternative(table, grid), setting)


def _headline(table: Table, grid: Grid, setting: Setting) -> str:
    measure = table.measures[0]
    undated = _not_stated(table, grid, measure)
    stated = [
        (row, column, cell)
        for row in grid.rows
        for column, cell in grid.along(row)
        if not row.last and not column.last and cell[measure.id] is not None
    ]
    if setting.examples or not stated:
        return reported(table, setting) + undated
    ranked = [found for found in stated if found[2]["projects"] >= FEWEST_TO_RANK]
    if not ranked:
        return f"{reported(table, setting)}; each cell has fewer than five projects{undated}"
    top = max(cell[measure.id] for _, _, cell in ranked)
    first = [found for found in ranked if found[2][measure.id] == top]
    if top <= 0 or len(first) > 2:
        return reported(table, setting) + undated
    larger = any(cell[measure.id] > top for _, _, cell in stated)
    return _crowned(table, measure, first, larger) + undated


def _crowned(table: Table, measure: Measure, first: Sequence[Found], larger: bool) -> str:
    """The cell that holds most; of two, each. `larger` says that one of fewer than five projects holds more."""
    down = table.by[0]
    names = joined([_name(table, row, column) for row, column, _ in first])
    opening = "Where five projects or more reported, " if larger else ""
    top, whole = first[0][2][measure.id], parts_of_whole(table, measure)
    each = " each" if len(first) > 1 else ""
    base = each or ("" if measure.unit == "count" else f" from {counted(first[0][2]['projects'], 'project')}")
    share = f", {share_of(top, whole)}" if whole and not each else ""
    if down.ordered:
        start = f"{opening}councils reported {most_words(table, measure)} for {lower_first(down.label)} {names}"
        return f"{start[0].upper()}{start[1:]}: {shown(measure, top)}{base}{share}"
    verb = "have" if each or is_plural(first[0][0].label) else "has"
    return f"{opening}{names} {verb} {most_words(table, measure)}: {shown(measure, top)}{base}{share}"


def _name(table: Table, row: Place, column: Place) -> str:
    return f"{row.label} in {column.label}" if table.by[1].ordered else f"{row.label} ({column.label})"


def _not_stated(table: Table, grid: Grid, measure: Measure) -> str:
    """How much stands in the column of what is not stated, which may be more than any cell."""
    column = next((column for column in grid.columns if column.code == NOT_STATED), None)
    amounts = [row[measure.id] for row in known(table, measure) if column and row[table.by[1].id] == NOT_STATED]
    if column is None or not amounts or not measure.adds_up:
        return ""
    return f"; {shown(measure, sum(amounts, start=Decimal(0)))} stands under “{column.label}”"


def _alternative(table: Table, grid: Grid) -> str:
    """What it is a picture of, every cell in the order of the rows, the total, and the years without any amount."""
    measure = table.measures[0]
    split = joined([lower_first(dimension.label) for dimension in table.by])
    rows = [_row_sentence(grid, row, measure) for row in grid.rows]
    total = f"Total {lower_first(measure.label)}: {in_full(measure, table.total(measure))}." if measure.adds_up else ""
    opening = f"Grid of cells, light to dark by amount: {lower_first(measure.label)}, by {split}."
    parts = [opening, *rows, total, _empty(grid), unknown_note(table)]
    return plain_text(" ".join(part for part in parts if part))


def _row_sentence(grid: Grid, row: Place, measure: Measure) -> str:
    cells = [
        f"{column.label} {in_full(measure, cell[measure.id])} ({base_of(cell)})" for column, cell in grid.along(row)
    ]
    total = grid.total(row, measure)
    in_all = f"; {in_full(measure, total)} in all" if total is not None and len(cells) > 1 else ""
    return f"{row.label}: {'; '.join(cells) or 'no amount reported'}{in_all}."


def _empty(grid: Grid) -> str:
    """The columns that no row reports."""
    empty = [column.label for column in grid.columns if not any(grid.at(row, column) for row in grid.rows)]
    return f"No amount reported: {joined(empty)}." if empty else ""
