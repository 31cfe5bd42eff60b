"""Small tables written as text, shaped: cells separated by |, one row a line."""

from pathlib import Path

from etl.shape import Line, Shaped, shape_of

REFERENCE = Path(__file__).resolve().parents[2] / "data" / "reference"


def rows_of(text: str) -> list[list[str]]:
    """The cells of a table written as text; a line that is only `.` is a blank row."""
    return [[] if line == "." else line.split("|") for line in text.strip("\n").split("\n")]


def shaped(text: str, merged: tuple[tuple[int, int, int, int], ...] = (), **given: str) -> Shaped:
    """The table of a text, with statements as keywords."""
    return shape_of(rows_of(text), REFERENCE, given, merged)


def amounts(sheet: Shaped) -> list[tuple[int, str | None, str]]:
    """(row, column, amount as text) of every line."""
    return [(line.row, line.column, line.cells["amount_gbp"]) for line in sheet.lines]


def cell(sheet: Shaped, column: str) -> list[str]:
    """The cells of one column, line by line; '' where a line has none."""
    return [line.cells.get(column, "") for line in sheet.lines]


def ignored(sheet: Shaped) -> list[tuple[int, str]]:
    """(row, reason) of every ignored row."""
    return [(row.row, row.reason) for row in sheet.ignored]


def found(sheet: Shaped, code: str) -> list[tuple[int | None, str | None]]:
    """(row, fate) of every finding of this code."""
    return [(finding.row, finding.fate) for finding in sheet.findings if finding.code == code]


def codes(sheet: Shaped) -> set[str]:
    """The codes of all findings."""
    return {finding.code for finding in sheet.findings}


def only_line(sheet: Shaped) -> Line:
    """The one line of a table."""
    (line,) = sheet.lines
    return line
