"""A file as sent becomes staged lines: text by canonical column, each with its sheet and row."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePath

from etl.columns import NAMES, NEEDED
from etl.headings import columns_of
from etl.readers import Problem, delimited
from etl.values.words import word_key

TOTAL_WORDS = ("total", "totals", "grand total", "subtotal", "sub total", "overall total")
AMOUNT_COLUMNS = ("amount_gbp", "amount_low_gbp", "amount_high_gbp")


@dataclass(frozen=True)
class IgnoredRow:
    """A row that holds no line of data, and why: blank, total, heading, note."""

    row: int
    reason: str
    found: str


@dataclass(frozen=True)
class StagedSheet:
    """One table of a return. `lines` are (row, cells in the order of NAMES; '' where a cell is absent).

    `too_long` are the rows with filled cells beyond the last heading, where cells may have shifted.
    """

    sheet: str | None
    heading_row: int
    columns: dict[str, str]
    lines: list[tuple[int, list[str]]]
    ignored: list[IgnoredRow]
    too_long: set[int] = field(default_factory=set)


def staged_sheet(file: str, content: bytes, reference: Path) -> StagedSheet:
    """Stages one return. Problem if it is not a table with a column of amounts."""
    rows = _rows(file, content)
    heading_row = next((number for number, row in enumerate(rows, 1) if any(cell.strip() for cell in row)), None)
    if heading_row is None:
        raise Problem("no_lines", "it is empty.")
    headings = rows[heading_row - 1]
    places = columns_of(headings, reference)
    _check_headings(headings, places)
    sheet = StagedSheet(None, heading_row, {name: headings[place] for place, name in places.items()}, [], [], set())
    for number, row in _without_blank_end(rows, heading_row):
        _stage_row(sheet, number, row, places, len(headings), headings)
    if not sheet.lines:
        raise Problem("no_lines", "it has headings, but no line below them.")
    return sheet


def _rows(file: str, content: bytes) -> list[list[str]]:
    ending = PurePath(file).suffix.lower()
    if ending != ".csv":
        raise Problem("unreadable", f"files ending in '{ending}' cannot be read yet. Save it as 'CSV UTF-8'.")
    return delimited.read_rows(content)


def _check_headings(headings: list[str], places: dict[int, str]) -> None:
    taken: dict[str, str] = {}
    for place, name in places.items():
        if name in taken:
            raise Problem(
                "not_a_table",
                f"'{taken[name]}' and '{headings[place]}' are both headings of {name}. Keep one of the columns.",
            )
        taken[name] = headings[place]
    if "amount_gbp" not in taken:
        found = ", ".join(f"'{heading}'" for heading in headings[:8] if heading.strip())
        raise Problem("no_amount_column", f"no column of amounts (amount_gbp) was found among {found}.")


def _without_blank_end(rows: list[list[str]], heading_row: int) -> Iterator[tuple[int, list[str]]]:
    filled = [number for number, row in enumerate(rows, 1) if any(cell.strip() for cell in row)]
    return ((number, rows[number - 1]) for number in range(heading_row + 1, filled[-1] + 1))


def _stage_row(
    sheet: StagedSheet, number: int, row: list[str], places: dict[int, str], width: int, headings: list[str]
) -> None:
    reason = _not_data(row, places, headings)
    if reason:
        found = " | ".join(cell.strip() for cell in row if cell.strip())[:200]
        sheet.ignored.append(IgnoredRow(number, reason, found))
        return
    cells = dict.fromkeys(NAMES, "")
    cells |= {name: row[place].strip() for place, name in places.items() if place < len(row)}
    sheet.lines.append((number, list(cells.values())))
    if any(cell.strip() for cell in row[width:]):
        sheet.too_long.add(number)


def _not_data(row: list[str], places: dict[int, str], headings: list[str]) -> str | None:
    filled = [cell.strip() for cell in row if cell.strip()]
    if not filled:
        return "blank"
    if [cell.strip() for cell in row] == [heading.strip() for heading in headings]:
        return "heading"
    named = {name for place, name in places.items() if place < len(row) and row[place].strip()}
    if word_key(filled[0]) in TOTAL_WORDS and not named & {"kind", "stage", "lead_council"}:
        return "total"
    if len(filled) == 1 and not named & {*AMOUNT_COLUMNS, *NEEDED[1:]}:
        return "note"
    return None
