"""XML of Excel 2003 (SpreadsheetML), and the flat XML of OpenDocument: read with no entities and no network."""

import re
from collections.abc import Iterator

from etl.readers import Problem, Remark
from etl.readers.cell_text import decimal_number, number_text
from etl.readers.noticed import MOST_CELLS, Noticed, check_extent, full_sheet
from etl.readers.number_formats import Format, parse_format
from etl.readers.stream import Stream
from etl.readers.xml_elements import pass_through

SHEETS = "urn:schemas-microsoft-com:office:spreadsheet "
VISIBLE = "urn:schemas-microsoft-com:office:excel Visible"
FLAT_ODS = re.compile(rb"<office:document\b")
LOOKED_AT = 4096
NOT_TABLES = "it is XML, but not of a spreadsheet. Open it, and save it as XLSX."
NAMED_FORMATS = {"Percent": "0%", "Euro Currency": "[$€-2] 0"}
MOST_ROWS = 1_048_576


def read_spreadsheet_xml(content: bytes) -> Iterator[Stream]:
    """The sheets of the file. Raises Problem if it is XML of another kind, broken, or declares entities."""
    if FLAT_ODS.search(content[:LOOKED_AT]):
        from etl.readers.ods import read_tables

        return read_tables(content)
    reader = _Reader()
    pass_through(content, reader)
    if not reader.is_workbook:
        raise Problem("unreadable", NOT_TABLES)
    return iter([Stream(each.name, iter(each.rows), each.remarks, each.merged) for each in reader.tables])


class _Table:
    """One worksheet on its way."""

    def __init__(self, name: str, hidden: bool) -> None:
        self.name, self.hidden = name, hidden
        self.rows: list[list[str]] = []
        self.merged: list[tuple[int, int, int, int]] = []
        self.noticed = Noticed()
        self.row = self.column = self.last_column = 0

    def remarks(self) -> list[Remark]:
        """What was noticed in the sheet."""
        return self.noticed.remarks(self.name, self.hidden) + full_sheet("xlsx", len(self.rows))

    def place(self, text: str) -> None:
        """Puts a text at the present row and column."""
        check_extent(self.name, max(self.row, len(self.rows)), self.column)
        self.rows += [[] for _ in range(self.row - len(self.rows))]
        cells = self.rows[self.row - 1]
        cells += [""] * (self.column - len(cells) - 1)
        cells.append(text)


class _Reader:
    """What an XML parser calls: builds the sheets one after another."""

    def __init__(self) -> None:
        self.tables: list[_Table] = []
        self.is_workbook = False
        self._styles: dict[str, tuple[str | None, str | None]] = {}
        self._formats: dict[str, Format | None] = {}
        self._style = ""
        self._cell: dict[str, str] = {}
        self._type = ""
        self._text: list[str] | None = None
        self._cells = 0
        self._in_comment = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        what = name.removeprefix(SHEETS)
        said = {key.removeprefix(SHEETS): value for key, value in attributes.items()}
        if what == "Workbook":
            self.is_workbook = True
        elif what == "Style":
            self._style = said.get("ID", "")
            self._styles[self._style] = (said.get("Parent"), None)
        elif what == "NumberFormat" and self._style:
            self._styles[self._style] = (self._styles[self._style][0], said.get("Format"))
        elif what == "Worksheet":
            self.tables.append(_Table(said.get("Name", ""), False))
        elif name == VISIBLE:
            self._text = []
        elif self.tables:
            self._start_in_sheet(self.tables[-1], what, said)

    def _start_in_sheet(self, table: _Table, what: str, said: dict[str, str]) -> None:
        if what == "Column":
            first = _number(said, "Index", table.last_column + 1)
            table.last_column = min(first + _number(said, "Span", 0), 16_384)
            if said.get("Hidden") == "1":
                table.noticed.hidden_columns += range(first, table.last_column + 1)
        elif what == "Row":
            table.row, table.column = _number(said, "Index", table.row + 1), 0
            if table.row > MOST_ROWS:
                raise Problem("too_large", f"sheet '{table.name}' has more rows than a sheet can hold.")
            if said.get("Hidden") == "1":
                table.noticed.hidden_rows.append(table.row)
            if "Span" in said:
                table.row += min(_number(said, "Span", 0), MOST_ROWS - table.row)
        elif what == "Cell":
            self._start_cell(table, said)
        elif what == "Comment":
            self._in_comment = True
        elif what == "Data" and not self._in_comment:
            self._type, self._text = said.get("Type", "String"), []

    def _start_cell(self, table: _Table, said: dict[str, str]) -> None:
        self._cells += 1
        table.column = _number(said, "Index", table.column + 1)
        if self._cells > MOST_CELLS:
            raise Problem("too_large", f"sheet '{table.name}' has more cells than a return does.")
        across, down = _number(said, "MergeAcross", 0), _number(said, "MergeDown", 0)
        if across or down:
            table.merged.append((table.row, table.column, table.row + down, table.column + across))
        self._cell, self._text = {**said, "across": str(across)}, None

    def characters(self, text: str) -> None:
        """Text between tags."""
        if self._text is not None:
            self._text.append(text)

    def end(self, name: str) -> None:
        """An element ends."""
        what = name.removeprefix(SHEETS)
        if what == "Comment":
            self._in_comment = False
        elif what == "Data" and self.tables and self._text is not None:
            self._end_data(self.tables[-1], "".join(self._text))
            self._text = None
        elif what == "Cell" and self.tables:
            table = self.tables[-1]
            if self._cell.get("Formula") and not self._cell.get("filled"):
                text = self._cell["Formula"][:200]
                table.place(text if text.startswith("=") else f"={text}")
                table.noticed.not_calculated.setdefault(table.row, text)
            table.column += int(self._cell.get("across", 0))
        elif what == "Style":
            self._style = ""
        elif name == VISIBLE and self.tables and self._text is not None:
            self.tables[-1].hidden = "".join(self._text).strip() != "SheetVisible"
            self._text = None

    def _end_data(self, table: _Table, text: str) -> None:
        self._cell["filled"] = "yes"
        if self._type == "Number":
            text = self._number_text(table, text.strip())
        elif self._type == "Boolean":
            text = "TRUE" if text.strip() == "1" else "FALSE"
        elif self._type == "DateTime":
            day, _, time = text.strip().partition("T")
            text = day if not time.strip("0:.Z") else f"{day} {time.removesuffix('.000')}"
        if text:
            table.place(text)

    def _number_text(self, table: _Table, text: str) -> str:
        value = decimal_number(text)
        if value is None:
            return text
        shown = self._format(self._cell.get("StyleID", "Default"))
        if shown is None:
            return number_text(value)
        section = shown.section_for(value)
        if section.scaled and not section.percent:
            table.noticed.scaled.append((table.row, table.column))
        return section.text(value)

    def _format(self, style: str) -> Format | None:
        if style not in self._formats:
            code, at, steps = None, style, 0
            while code is None and at in self._styles and steps < 10:
                parent, code = self._styles[at]
                at, steps = parent or "", steps + 1
            self._formats[style] = parse_format(NAMED_FORMATS.get(code or "", code or "General"))
        return self._formats[style]


def _number(said: dict[str, str], name: str, otherwise: int) -> int:
    text = said.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else otherwise
