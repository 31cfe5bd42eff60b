"""One table of an ODS file, built row by row; rows and columns that repeat are written out, within limits."""

from etl.readers import Problem, Remark
from etl.readers.noticed import FULL_ROWS, MOST_CELLS, MOST_COLUMNS, MOST_HIDDEN, Noticed, check_extent, full_sheet
from etl.readers.ods_cells import KIND, SIMPLE, UNUSUAL, Cell, cell_text, count_of, simple_text

TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0 "
HIDDEN = ("collapse", "filter")
MOST_REPEATED_ROWS = 100_000
MOST_COLUMNS_SAID = 20_000


class Table:
    """A table on its way: `rows` and `merged` are complete once it is finished."""

    def __init__(self, name: str | None, hidden: bool, noticed: Noticed) -> None:
        self.name, self._hidden, self._noticed = name, hidden, noticed
        self.rows: list[list[str]] = []
        self.merged: list[tuple[int, int, int, int]] = []
        self._blank_rows = 0
        self._row: list[str] = []
        self._blank_cells = 0
        self._row_repeats = 1
        self._row_hidden = False
        self._columns = 0
        self._cells = 0
        self._widest = 0

    def remarks(self) -> list[Remark]:
        """What was noticed in the table."""
        return self._noticed.remarks(self.name, self._hidden) + full_sheet("xlsx", len(self.rows))

    def column(self, attributes: dict[str, str]) -> None:
        """A column, or several alike, in their order."""
        first = self._columns + 1
        self._columns = min(self._columns + count_of(attributes, "number-columns-repeated"), MOST_COLUMNS_SAID)
        if attributes.get(f"{TABLE}visibility") in HIDDEN:
            self._noticed.hidden_columns += range(first, self._columns + 1)

    def start_row(self, attributes: dict[str, str]) -> None:
        """A row, or several alike."""
        self._row, self._blank_cells = [], 0
        self._row_repeats = count_of(attributes, "number-rows-repeated")
        self._row_hidden = attributes.get(f"{TABLE}visibility") in HIDDEN

    def add(self, attributes: dict[str, str], shown: str) -> None:
        """The next cell of the row, or several alike."""
        if shown and attributes.get(KIND) in SIMPLE and not UNUSUAL & attributes.keys():
            text = simple_text(attributes, shown)
            if text is not None and len(self._row) + self._blank_cells < MOST_COLUMNS:
                self._row += [""] * self._blank_cells
                self._blank_cells = 0
                self._row.append(text)
                return
        self._add_unusual(Cell(attributes), shown)

    def _add_unusual(self, cell: Cell, shown: str) -> None:
        repeats = cell.count("number-columns-repeated")
        text, scaled = cell_text(cell, shown)
        row, column = len(self.rows) + self._blank_rows + 1, len(self._row) + self._blank_cells + 1
        down, across = cell.count("number-rows-spanned"), cell.count("number-columns-spanned")
        if down > 1 or across > 1:
            self.merged.append((row, column, row + down - 1, column + across - 1))
        if not text:
            self._blank_cells += repeats
            return
        check_extent(self.name, 1, column + repeats - 1)
        if scaled:
            self._noticed.scaled.append((row, column))
        if cell.formula is not None and cell.kind in (None, "void") and text.startswith("="):
            self._noticed.not_calculated.setdefault(row, text)
        self._row += [""] * self._blank_cells
        self._row += [text] * repeats
        self._blank_cells = 0

    def end_row(self) -> None:
        """The row is through. Raises Problem for more rows or cells than a return has."""
        if not self._row:
            self._note_hidden(len(self.rows) + self._blank_rows)
            self._blank_rows += self._row_repeats
            return
        last = len(self.rows) + self._blank_rows + self._row_repeats
        self._cells += len(self._row) * self._row_repeats
        if self._row_repeats > MOST_REPEATED_ROWS or last > FULL_ROWS["xlsx"] or self._cells > MOST_CELLS:
            told = f"sheet '{self.name}' repeats a row {self._row_repeats:,} times and ends in row {last:,}"
            raise Problem("too_large", f"{told}, more than a return does. Copy the table to a new workbook.")
        self.rows += [[] for _ in range(self._blank_rows)]
        self._blank_rows = 0
        self._note_hidden(len(self.rows))
        self.rows += [self._row] * self._row_repeats
        self._widest = max(self._widest, len(self._row))

    def _note_hidden(self, before: int) -> None:
        room = MOST_HIDDEN - len(self._noticed.hidden_rows)
        if self._row_hidden and room > 0:
            self._noticed.hidden_rows += range(before + 1, before + 1 + min(self._row_repeats, room))

    def finish(self) -> None:
        """Forgets what is hidden or merged beyond the last row and column that hold something."""
        noticed, last = self._noticed, len(self.rows)
        noticed.hidden_rows = [row for row in noticed.hidden_rows if row <= last]
        noticed.hidden_columns = [column for column in noticed.hidden_columns if column <= self._widest]
        self.merged = [each for each in self.merged if each[0] <= last]
