"""A file as sent becomes staged lines: text by canonical column, each with its sheet and row, and what was found."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa

from etl.columns import NAMES
from etl.readers import Problem, Sheet
from etl.readers.columns import read_columns
from etl.readers.files import read_sheets
from etl.shape import Finding, Line, Shaped, shape_of
from etl.shape.plain import PlainTable, plain_table
from etl.shape.sheet import NO_AMOUNTS, NO_LINES

UNITS = {"grant_unit": "grant_gbp", "cost_unit": "council_cost_gbp"}
FREE_TEXT = ("project_ref", "project_title", "amount_gbp", "source_title", "source_url", "source_quote", "notes")
"""Columns in which most lines differ; the others are kept as a list of distinct texts and a place in it."""
FEW = pa.dictionary(pa.int32(), pa.string())
STAGED = pa.schema(
    [("sheet", FEW), ("sheet_no", pa.int16()), ("row", pa.int32()), ("cell_column", FEW), ("given", FEW)]
    + [(name, FEW) for name in ("amount_unit", *UNITS)]
    + [(name, pa.string() if name in FREE_TEXT else FEW) for name in NAMES]
)


@dataclass(frozen=True)
class ReadSheet:
    """One sheet: its name (None where the format has none), its headings, and why it was ignored, if it was."""

    name: str | None
    heading_rows: tuple[int, ...]
    columns: Mapping[str, str]
    ignored: str | None


@dataclass(frozen=True, slots=True)
class Found:
    """A finding at its place; `line` is the place of its line in the return, from 0, None if it is about no line."""

    line: int | None
    sheet: str | None
    row: int | None
    column: str | None
    code: str
    fate: str | None
    found: str
    message: str
    suggestion: str | None


@dataclass(frozen=True)
class ReadReturn:
    """A return, read: `lines` in the columns of STAGED, ignored rows (sheet, row, reason, found), and findings."""

    sheets: Sequence[ReadSheet]
    lines: pa.Table
    ignored: Sequence[tuple[str | None, int, str, str]]
    findings: Sequence[Found]


def read_return(file: str, content: bytes, given: Mapping[str, str], reference: Path) -> ReadReturn:
    """Reads every sheet of a file. Problem if it cannot be read, or holds no line."""
    return (None if given else read_in_columns(content, reference)) or read_in_rows(file, content, given, reference)


def read_in_columns(content: bytes, reference: Path) -> ReadReturn | None:
    """A large and plain CSV file, read in columns; None if it is not one. It gives what `read_in_rows` would."""
    columns = read_columns(content)
    table = plain_table(columns, reference) if columns else None
    return _from_columns(table) if table else None


def read_in_rows(file: str, content: bytes, given: Mapping[str, str], reference: Path) -> ReadReturn:
    """Any file, read row by row. Problem if it cannot be read, or holds no line."""
    sheets = read_sheets(file, content)
    shaped = [shape_of(sheet.rows, reference, given, sheet.merged) for sheet in sheets]
    if not any(one.lines for one in shaped):
        raise _problem(sheets, shaped)
    held = [
        (number, sheet, one) for number, (sheet, one) in enumerate(zip(sheets, shaped, strict=True), 1) if one.lines
    ]
    findings: list[Found] = []
    first = 0
    for _, sheet, one in held:
        findings += _placed(sheet, one, first)
        first += len(one.lines)
    return ReadReturn(
        [ReadSheet(sheet.name, one.heading_rows, one.columns, one.why_ignored)
         for sheet, one in zip(sheets, shaped, strict=True)],
        pa.concat_tables([_table(sheet.name, number, one) for number, sheet, one in held]),
        [(sheet.name, row.row, row.reason, row.found) for _, sheet, one in held for row in one.ignored],
        findings,
    )  # fmt: skip


def _from_columns(table: PlainTable) -> ReadReturn:
    """A return that was read in columns: nothing is given, and there is one table, in no sheet."""
    count = len(table.rows)
    unit_of = {"amount_unit": table.unit} | {unit: table.units.get(column, "£") for unit, column in UNITS.items()}
    nothing = pa.chunked_array([pa.nulls(count, pa.string())])
    columns = {name: table.cells.get(name, nothing) for name in NAMES}
    columns |= dict.fromkeys(("sheet", "cell_column", "given"), nothing)
    columns |= {name: pa.chunked_array([_constant(unit, count)]) for name, unit in unit_of.items()}
    columns |= {"row": pa.chunked_array([pa.array(table.rows, pa.int32())])}
    columns |= {"sheet_no": pa.chunked_array([pa.nulls(count, pa.int16())])}
    lines = pa.Table.from_arrays([_in_type(columns[one.name], one.type) for one in STAGED], schema=STAGED)
    place_of = {number: place for place, number in enumerate(table.rows.tolist())} if table.findings else {}
    findings = [placed(None, one, None if one.row is None else place_of.get(one.row)) for one in table.findings]
    ignored = [(None, row.row, row.reason, row.found) for row in table.ignored]
    return ReadReturn([ReadSheet(None, (1,), table.columns, None)], lines, ignored, findings)


def _constant(text: str, count: int) -> pa.Array:
    return pa.DictionaryArray.from_arrays(pa.array(np.zeros(count, np.int32)), pa.array([text], pa.string()))


def _in_type(column: pa.ChunkedArray, kind: pa.DataType) -> pa.ChunkedArray:
    if column.type == kind:
        return column
    return column.dictionary_encode() if kind == FEW else column.cast(kind)


def _problem(sheets: Sequence[Sheet], shaped: Sequence[Shaped]) -> Problem:
    """Why no sheet of a file holds a line: the likeliest reason first."""
    for why, code in ((NO_LINES, "no_lines"), (NO_AMOUNTS, "no_amount_column")):
        for sheet, one in zip(sheets, shaped, strict=True):
            if one.why_ignored == why:
                named = f"The sheet '{sheet.name}'" if sheet.name else "It"
                more = next((finding.message for finding in one.findings if finding.code == code), "")
                return Problem(code, more or f"{named} has headings, but no line below them.")
    if not any(any(row) for sheet in sheets for row in sheet.rows):
        return Problem("no_lines", "It is empty.")
    told = "; ".join(dict.fromkeys(one.why_ignored or "" for one in shaped))
    return Problem("not_a_table", f"It holds no table of savings: {told}. Write the headings of the return template.")


def _table(name: str | None, number: int, shaped: Shaped) -> pa.Table:
    lines, count = shaped.lines, len(shaped.lines)
    names = {column for line in lines for column in line.cells}
    columns: dict[str, pa.Array] = {
        "sheet": pa.array([name] * count, pa.string()),
        "sheet_no": pa.array([None if name is None else number] * count, pa.int16()),
        "row": pa.array([line.row for line in lines], pa.int32()),
        "cell_column": pa.array([line.column for line in lines], pa.string()),
        "given": pa.array([" ".join(line.given) or None for line in lines], pa.string()),
        "amount_unit": pa.array([line.unit for line in lines], pa.string()),
    }
    columns |= {unit: pa.array([shaped.units.get(column, "£")] * count) for unit, column in UNITS.items()}
    for column in NAMES:
        cells = [line.cells.get(column) or None for line in lines] if column in names else [None] * count
        columns[column] = pa.array(cells, pa.string())
    arrays = [_as(columns[one.name], one.type) for one in STAGED]
    return pa.Table.from_arrays(arrays, schema=STAGED)


def _as(array: pa.Array, kind: pa.DataType) -> pa.Array:
    return array.dictionary_encode() if kind == FEW and array.type != FEW else array


def _placed(sheet: Sheet, shaped: Shaped, first: int) -> list[Found]:
    """The findings of a sheet, each at every line that it is about; `first` is the place of the sheet's first line."""
    lines_of: dict[int, list[tuple[int, Line]]] = {}
    for place, line in enumerate(shaped.lines, first):
        lines_of.setdefault(line.row, []).append((place, line))
    found = [placed(sheet.name, one, place) for one in shaped.findings for place in _places(one, lines_of)]
    remarks = [Finding(one.code, one.row, None, one.found, one.message, fate=one.fate) for one in sheet.remarks]
    return found + [placed(sheet.name, one, place) for one in remarks for place in _places(one, lines_of)]


def _places(finding: Finding, lines_of: Mapping[int, list[tuple[int, Line]]]) -> Iterable[int | None]:
    """The places of the lines that a finding is about; one None if it is about none."""
    if finding.row is None:
        every = [place for lines in lines_of.values() for place, _ in lines] if finding.fate else []
        return every or [None]
    own = lines_of.get(finding.row, [])
    return [place for place, line in own if finding.heading in (None, line.column)] or [None]


def placed(sheet: str | None, finding: Finding, place: int | None) -> Found:
    """A finding of a sheet at the line of this place, or at none."""
    fate = None if place is None else finding.fate
    return Found(
        place,
        sheet,
        finding.row,
        finding.column,
        finding.code,
        fate,
        finding.found,
        finding.message,
        finding.suggestion,
    )
