"""What is noticed in a sheet beside the values of its cells, and the remarks that say so."""

from dataclasses import dataclass, field

from etl.readers import Problem, Remark
from etl.readers.number_formats import Format
from etl.readers.places import column_letters, listed

MOST_COLUMNS = 2_000
MOST_CELLS = 25_000_000
FULL_ROWS = {"xls": 65_536, "xlsx": 1_048_576}
MOST_HIDDEN = 50_000


@dataclass
class Noticed:
    """Of one sheet, from 1: rows and columns that are hidden; texts that stand instead of a cell's value; cells that
    a format shows otherwise than they are stored; formulas that have no result, by row.
    """

    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)
    texts: dict[int, dict[int, str]] = field(default_factory=dict)
    formats: dict[int, dict[int, Format]] = field(default_factory=dict)
    not_calculated: dict[int, str] = field(default_factory=dict)
    scaled: list[tuple[int, int]] = field(default_factory=list)

    def say(self, row: int, column: int, text: str) -> None:
        """Notes the text that a cell shows."""
        self.texts.setdefault(row, {})[column] = text

    def remarks(self, name: str | None, hidden: bool) -> list[Remark]:
        """What a person should know of the sheet, once its rows are through."""
        found = [] if not hidden else [_hidden_sheet(name)]
        if self.hidden_rows:
            rows = listed(self.hidden_rows)
            found.append(Remark("hidden_rows", None, rows, f"Hidden rows were read like the others: {rows}."))
        if self.hidden_columns:
            columns = listed(self.hidden_columns, columns=True)
            told = f"Hidden columns were read like the others: {columns}."
            found.append(Remark("hidden_columns", None, columns, told))
        for row, formula in sorted(self.not_calculated.items()):
            told = f"Row {row} has a formula without a result. Open the file in a spreadsheet and save it again."
            found.append(Remark("formula_not_calculated", row, formula[:200], told, "quarantined"))
        if self.scaled:
            row, column = self.scaled[0]
            cell, number = f"{column_letters(column)}{row}", len(self.scaled)
            told = f"Cells show thousands or millions but hold pounds ({number:,}, the first {cell}); pounds were read."
            found.append(Remark("shown_in_thousands", None, cell, told))
        return found


def _hidden_sheet(name: str | None) -> Remark:
    return Remark("hidden_sheet", None, name or "", f"Sheet '{name}' is hidden; it was read like the others.")


def full_sheet(kind: str, rows: int) -> list[Remark]:
    """A remark if a sheet has as many rows as its format can hold, so that rows were probably lost before."""
    most = FULL_ROWS[kind]
    if rows < most:
        return []
    told = f"The sheet is full: a sheet holds {most:,} rows, so rows may have been cut off before it was sent."
    return [Remark("sheet_is_full", None, f"{most:,} rows", told)]


def check_extent(name: str | None, rows: int, columns: int) -> None:
    """Raises Problem for a sheet that is wider or larger than any return."""
    if columns > MOST_COLUMNS:
        told = (
            f"sheet '{name}' has cells in column {column_letters(columns)}; at most {MOST_COLUMNS:,} columns are read."
        )
        raise Problem("too_large", f"{told} Copy the table to a new workbook.")
    if rows * columns > MOST_CELLS:
        told = f"sheet '{name}' spans {rows:,} rows and {columns:,} columns, more than a return does."
        raise Problem("too_large", f"{told} Copy the table to a new workbook.")
