"""A file as sent becomes staged lines: text by canonical column, each with its sheet and row, and what was found."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO, NamedTuple

import numpy as np
import pyarrow as pa

from etl.columns import NAMES
from etl.readers import Problem, Sheet
from etl.readers.columns import columns_of_rows, read_columns
from etl.readers.files import read_sheets
from etl.readers.pieces import PIECE, NotPlain, read_pieces
from etl.shape import Finding, IgnoredRow, Shaped, shape_of
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


class Found(NamedTuple):
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

    def without_lines(self) -> "ReadReturn":
        """The same, its lines left out."""
        return replace(self, lines=self.lines.slice(0, 0))


@dataclass(frozen=True)
class _Part:
    """One sheet, read: its lines in the columns of STAGED."""

    sheet: ReadSheet
    lines: pa.Table
    ignored: Sequence[IgnoredRow]
    findings: Sequence[Finding]


def read_return(file: str, content: bytes, given: Mapping[str, str], reference: Path) -> ReadReturn:
    """Reads every sheet of a file; plain tables in columns, others row by row. Problem if it holds no line."""
    read = None if given else read_in_columns(content, reference)
    if read:
        return read
    sheets = read_sheets(file, content)
    return _together(sheets, [_part(sheet, number, given, reference) for number, sheet in enumerate(sheets, 1)])


def read_in_columns(content: bytes, reference: Path) -> ReadReturn | None:
    """A large and plain CSV file, read in columns; None if it is not one. It gives what `read_in_rows` would."""
    columns = read_columns(content)
    table = plain_table(columns, reference) if columns else None
    return _together([], [_from_columns(table, None, 1, ())]) if table else None


def read_in_pieces(stream: BinaryIO, reference: Path, size: int = PIECE) -> Iterator[ReadReturn]:
    """A plain CSV file of any size, a piece at a time; together they say what `read_in_columns` would of it.

    NotPlain where a row or a finding has to be seen beside the whole file.
    """
    before = 0
    for columns in read_pieces(stream, size):
        table = plain_table(columns, reference)
        if table is None or table.odd or any(one.row or one.fate for one in table.findings):
            raise NotPlain
        findings = [] if before else table.findings
        yield _together([], [_from_columns(replace(table, rows=table.rows + before, findings=findings), None, 1, ())])
        before += len(table.rows)


def read_in_rows(file: str, content: bytes, given: Mapping[str, str], reference: Path) -> ReadReturn:
    """Any file, read row by row. Problem if it cannot be read, or holds no line."""
    sheets = read_sheets(file, content)
    return _together(sheets, [_from_rows(sheet, number, given, reference) for number, sheet in enumerate(sheets, 1)])


def _part(sheet: Sheet, number: int, given: Mapping[str, str], reference: Path) -> _Part:
    columns = None if given or sheet.merged else columns_of_rows(sheet.rows)
    table = plain_table(columns, reference) if columns else None
    if table is None:
        return _from_rows(sheet, number, given, reference)
    return _from_columns(table, sheet.name, number, _remarks(sheet))


def _remarks(sheet: Sheet) -> list[Finding]:
    return [Finding(one.code, one.row, None, one.found, one.message, fate=one.fate) for one in sheet.remarks]


def _together(sheets: Sequence[Sheet], parts: Sequence[_Part]) -> ReadReturn:
    """The sheets of a file as one return. Problem if none of them holds a line."""
    held = [part for part in parts if part.lines.num_rows]
    if not held:
        raise _problem(sheets, parts)
    findings: list[Found] = []
    first = 0
    for part in held:
        findings += _placed(part, first)
        first += part.lines.num_rows
    return ReadReturn(
        [part.sheet for part in parts],
        pa.concat_tables([part.lines for part in held]),
        [(part.sheet.name, row.row, row.reason, row.found) for part in held for row in part.ignored],
        findings,
    )


def _problem(sheets: Sequence[Sheet], parts: Sequence[_Part]) -> Problem:
    """Why no sheet of a file holds a line: the likeliest reason first."""
    for why, code in ((NO_LINES, "no_lines"), (NO_AMOUNTS, "no_amount_column")):
        for part in parts:
            if part.sheet.ignored == why:
                named = f"The sheet '{part.sheet.name}'" if part.sheet.name else "It"
                more = next((finding.message for finding in part.findings if finding.code == code), "")
                return Problem(code, more or f"{named} has headings, but no line below them.")
    if not any(any(row) for sheet in sheets for row in sheet.rows):
        return Problem("no_lines", "It is empty.")
    told = "; ".join(dict.fromkeys(part.sheet.ignored or "" for part in parts))
    return Problem("not_a_table", f"It holds no table of savings: {told}. Write the headings of the return template.")


def _from_rows(sheet: Sheet, number: int, given: Mapping[str, str], reference: Path) -> _Part:
    shaped = shape_of(sheet.rows, reference, given, sheet.merged)
    read = ReadSheet(sheet.name, shaped.heading_rows, shaped.columns, shaped.why_ignored)
    return _Part(read, _table(sheet.name, number, shaped), shaped.ignored, [*shaped.findings, *_remarks(sheet)])


def _table(name: str | None, number: int, shaped: Shaped) -> pa.Table:
    lines = shaped.lines
    columns: dict[str, pa.Array | pa.ChunkedArray] = {
        "row": pa.array([line.row for line in lines], pa.int32()),
        "cell_column": pa.array([line.column for line in lines], pa.string()),
        "given": pa.array([" ".join(line.given) or None for line in lines], pa.string()),
        "amount_unit": pa.array([line.unit for line in lines], pa.string()),
    }
    for column in {column for line in lines for column in line.cells}:
        columns[column] = pa.array([line.cells.get(column) or None for line in lines], pa.string())
    return _staged(columns, len(lines), name, number, shaped.units)


def _from_columns(table: PlainTable, name: str | None, number: int, remarks: Sequence[Finding]) -> _Part:
    """The part that is one plain table: nothing in it is given."""
    count = len(table.rows)
    columns: dict[str, pa.Array | pa.ChunkedArray] = {
        **table.cells,
        "row": pa.array(table.rows, pa.int32()),
        "amount_unit": _constant(table.unit, count),
    }
    lines = _staged(columns, count, name, number, table.units)
    return _Part(ReadSheet(name, (1,), table.columns, None), lines, table.ignored, [*table.findings, *remarks])


def _staged(
    columns: Mapping[str, pa.Array | pa.ChunkedArray],
    count: int,
    name: str | None,
    number: int,
    units: Mapping[str, str],
) -> pa.Table:
    """A table in the columns of STAGED; a column that is not there is null."""
    known = {**columns} | {unit: _constant(units.get(column, "£"), count) for unit, column in UNITS.items()}
    if name is not None:
        known |= {"sheet": _constant(name, count), "sheet_no": pa.array(np.full(count, number, np.int16))}
    arrays = [_in_type(known[one.name], one.type) if one.name in known else pa.nulls(count, one.type) for one in STAGED]
    return pa.Table.from_arrays(arrays, schema=STAGED)


def _constant(text: str, count: int) -> pa.Array:
    return pa.DictionaryArray.from_arrays(pa.array(np.zeros(count, np.int32)), pa.array([text], pa.string()))


def _in_type(column: pa.Array | pa.ChunkedArray, kind: pa.DataType) -> pa.Array | pa.ChunkedArray:
    if column.type == kind:
        return column
    return column.dictionary_encode() if kind == FEW else column.cast(kind)


def _placed(part: _Part, first: int) -> list[Found]:
    """The findings of a sheet, each at every line that it is about; `first` is the place of the sheet's first line."""
    if not part.findings:
        return []
    rows = part.lines["row"].to_numpy().astype(np.int64)
    headings = part.lines["cell_column"].to_pylist() if any(one.heading for one in part.findings) else []
    of_rows = np.array([-1 if one.row is None else one.row for one in part.findings])
    firsts, ends = (np.searchsorted(rows, of_rows, side).tolist() for side in ("left", "right"))
    found = []
    for one, start, end in zip(part.findings, firsts, ends, strict=True):
        about = range(len(rows)) if one.row is None and one.fate else range(start, end)
        places = [place for place in about if one.heading is None or headings[place] == one.heading]
        found += [placed(part.sheet.name, one, first + place) for place in places]
        if not places:
            found.append(placed(part.sheet.name, one, None))
    return found


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
