"""One sheet becomes staged lines: its tables are found, and each is read by its own headings."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType

from etl.headings import known_headings
from etl.shape.beside import conflicts_beside
from etl.shape.fills import NEVER_ABOVE, fill_merged
from etl.shape.heading_rows import Headings, Merged, Row, find_headings, is_new_heading, is_number, read_headings
from etl.shape.layout import Layout, layout_of
from etl.shape.lines import Table, lines_of
from etl.shape.looks_alike import why_left_alone
from etl.shape.records import Finding, IgnoredRow, Line, Shaped
from etl.shape.rows import Mark, Sorted, sort_rows, titled_totals
from etl.shape.settled_units import Units, settled_units
from etl.shape.totals import settle_totals
from etl.shape.wide import differing_totals, with_row_totals
from etl.shape.wording import AMOUNT

NOTHING_GIVEN: Mapping[str, str] = MappingProxyType({})
LOOKED_AT = 4
TITLE_ROWS = 10
NOTES = ("note", "band", "unit")
NO_HEADINGS = "no row of headings was found in it"
NO_AMOUNTS = "it has no column of amounts"
NO_LINES = "it has headings, but no line below them"
OTHER_TITLE = "its title speaks of something other than savings"


@dataclass(frozen=True)
class _Cells:
    """The cells of a sheet up to the end of one table; `others` are titles of other tables, `merged` as sent."""

    rows: list[Row]
    end: int
    others: list[str]
    merged: Merged


@dataclass(frozen=True)
class _Part:
    """One table of a sheet, read."""

    headings: Headings
    layout: Layout
    units: Units
    lines: list[Line]
    marks: list[Mark]
    findings: list[Finding]
    titles: list[str]
    why: str | None


def shape_of(
    rows: Sequence[Sequence[str]], reference: Path, given: Mapping[str, str] = NOTHING_GIVEN, merged: Merged = ()
) -> Shaped:
    """Turns the cells of one sheet into staged lines; row 1 is the first of `rows`, blank rows are empty.

    `given` are the statements of who loads it (columns, `unit`, `signs`; `project_ref` may be `auto`). `merged` are
    ranges of merged cells: first row, first column, last row, last column, from 1. Amounts stay text.
    """
    cells = [list(map(str.strip, row)) for row in rows]
    while cells and not any(cells[-1]):
        cells.pop()
    first = find_headings(cells, 0, merged, reference)
    if first is None:
        return Shaped(why_ignored=NO_HEADINGS)
    tables = _tables(cells, first, merged, reference)
    ends = [headings.rows[0] - 1 for headings in tables[1:]] + [len(cells)]
    parts: list[_Part] = []
    titles = [_titles(cells, headings, place == 0) for place, headings in enumerate(tables)]
    others = [title for later in titles[1:] for title in later]
    for headings, end, own in zip(tables, ends, titles, strict=True):
        sheet_titles = own or (parts[0].titles if parts else [])
        parts.append(_part(_Cells(cells, end, others, merged), headings, sheet_titles, given, reference))
    return _together(parts)


def _tables(cells: list[Row], first: Headings, merged: Merged, reference: Path) -> list[Headings]:
    """The headings of every table of a sheet; headings repeated as they are belong to the same table."""
    tables = [first]
    known = known_headings(reference)
    seen = {tuple(map(str.casefold, filter(None, cells[number - 1]))) for number in first.rows}
    for index in range(first.last_row, len(cells)):
        row = cells[index]
        if not _names_columns(row[:LOOKED_AT], 1, known) or not _names_columns(row, 2, known):
            continue
        if tuple(map(str.casefold, filter(None, row))) in seen or not is_new_heading(row, reference):
            continue
        headings = read_headings(cells, index, merged, reference)
        if headings.rows[0] > tables[-1].last_row:
            tables.append(headings)
            seen = {tuple(map(str.casefold, filter(None, cells[number - 1]))) for number in headings.rows}
    return tables


def _names_columns(row: Row, fewest: int, known: Mapping[str, str]) -> bool:
    """Do at least so many cells of a row read as headings of columns?"""
    return len({known[key] for cell in row if cell and (key := cell.casefold().replace("_", " ")) in known}) >= fewest


def _titles(cells: list[Row], headings: Headings, is_first: bool) -> list[str]:
    """The texts above a heading: all rows above the first table, and the rows of text right above another one."""
    first = headings.rows[0] - 1
    above = cells[:first] if is_first else []
    for row in () if is_first else reversed(cells[max(0, first - TITLE_ROWS) : first]):
        if sum(map(bool, row)) > 2 or any(map(is_number, row)) or (above and not any(row)):
            break
        above += [row] if any(row) else []
    return [cell for row in above for cell in row if cell]


def _part(sheet: _Cells, headings: Headings, titles: list[str], given: Mapping[str, str], reference: Path) -> _Part:
    layout = layout_of(headings, sheet.rows[headings.last_row : sheet.end], reference)
    filled = fill_merged(sheet.rows, headings, layout, sheet.merged) if sheet.merged else []
    why = _why_not(layout, titles)
    found = sort_rows(sheet.rows, sheet.end, headings, layout, reference)
    layout = with_row_totals(layout, headings, found.lines) if len(layout.amounts) > 1 or layout.totals else layout
    notes = [mark for mark in found.marks if mark.reason in NOTES and mark.found not in sheet.others]
    units = settled_units(layout, titles, notes, given.get("unit"))
    if why:
        findings = [*layout.findings, *([_no_amounts(headings)] if why == NO_AMOUNTS else [])]
        return _Part(headings, layout, units, [], _left_out(sheet, headings), findings, titles, why)
    return _read(Table(layout, units, found, given, sheet.merged, reference), headings, filled, titles)


def _read(table: Table, headings: Headings, filled: list[Finding], titles: list[str]) -> _Part:
    layout, units, reads = table.layout, table.units, bool(table.given.get("lead_council"))
    sheet, totals = settle_totals(table.sheet, layout, units.amounts, reads)
    table = replace(table, sheet=sheet)
    lines, found = lines_of(table)
    found += differing_totals(layout, units.amounts, sheet.lines) + titled_totals(sheet.lines, layout)
    found += conflicts_beside(sheet.lines, headings, layout, units.amounts, table.reference)
    findings = [*layout.findings, *units.findings, *_twice(layout, sheet), *filled, *totals, *found]
    return _Part(headings, layout, units, lines, sheet.marks, findings, titles, None if lines else NO_LINES)


def _left_out(sheet: _Cells, headings: Headings) -> list[Mark]:
    """The rows of a table that is none of savings."""
    after = max(headings.rows)
    rows = enumerate(sheet.rows[after : sheet.end], after + 1)
    return [Mark(0, number, "other_table" if any(row) else "blank", row) for number, row in rows]


def _why_not(layout: Layout, titles: Sequence[str]) -> str | None:
    """Why a table with headings is none of savings; None if it is one."""
    if not layout.amounts:
        return NO_AMOUNTS
    named = any("measure" in one.flags or "stage" in one.said for one in layout.amounts)
    said = " ".join(titles).lower()
    if (
        named
        or {"kind", "stage"} & layout.identity.keys()
        or any(word in said for word in ("saving", "income", "effic"))
    ):
        return None
    return OTHER_TITLE if why_left_alone(said, said) else None


def _no_amounts(headings: Headings) -> Finding:
    named = ", ".join(f"'{heading}'" for heading in headings.full[:8] if heading)
    message = f"No column of amounts (amount_gbp) was found among {named}."
    return Finding("no_amount_column", None, AMOUNT, named, message, "amount_gbp")


def _twice(layout: Layout, sheet: Sorted) -> list[Finding]:
    """Remarks on two headings of one meaning; where only one is filled, it was read."""
    found = []
    columns = {**layout.identity, **{one.heading: one.places for one in layout.amounts}}
    for column, places in columns.items():
        if len(places) < 2 or column in NEVER_ABOVE:
            continue
        filled = [place for place in places if any(place < len(row) and row[place] for _, row in sheet.lines)]
        apart = "both are filled" if column not in layout.identity else "they differ"
        told = "only one of them is filled, and was read" if len(filled) < 2 else f"lines where {apart} are set aside"
        name = layout.headings.get(column, column)
        found.append(Finding("heading_twice", None, column, name, f"Two columns are both headed {column}: {told}."))
    return found


def _together(parts: Sequence[_Part]) -> Shaped:
    """The parts of a sheet as one; headings of later tables are ignored rows too."""
    whys = [part.why for part in parts]
    columns: dict[str, str] = {}
    units: dict[str, str] = {}
    for part in parts:
        columns = {**part.layout.headings, **columns}
        units = {**part.units.others, **units}
    ignored = [IgnoredRow(mark.row, mark.reason or "note", mark.found) for part in parts for mark in part.marks]
    again = [
        IgnoredRow(row, "heading", " | ".join(part.headings.full)[:200])
        for part in parts[1:]
        for row in part.headings.rows
    ]
    return Shaped(
        tuple(row for part in parts for row in part.headings.rows),
        columns,
        [line for part in parts for line in part.lines],
        [] if all(whys) else sorted(ignored + again, key=lambda one: one.row),
        [finding for part in parts for finding in part.findings],
        whys[0] if all(whys) else None,
        units,
    )
