"""HTML saved as XLS: each table becomes a sheet, of the text that a person sees; text above it becomes rows above it.

The text shown is read, and not the values that some programs write beside it, since only the text is sure to be there.
"""

import re
from collections.abc import Iterator
from html.parser import HTMLParser

from etl.readers import Problem, Remark
from etl.readers.decoding import decode
from etl.readers.noticed import MOST_COLUMNS, Noticed, check_extent
from etl.readers.stream import Stream

DROPPED = frozenset(("script", "style", "head", "title", "template", "noscript", "object", "iframe", "svg", "select"))
BREAKS = frozenset(("br", "p", "div", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "caption"))
CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*(?:windows-1252|iso-8859-1|latin-?1|us-ascii)", re.I)
NOT_SHOWN = re.compile(r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)", re.I)
LOOKED_AT = 4096
MOST_ROWS = 1_048_576
MOST_CELLS = 5_000_000
MOST_TITLES, MOST_TABLES, MOST_UNCLOSED = 20, 1_000, 10_000
LARGEST = 100_000_000
NO_TABLE = "it is a web page without a table in it. Save the table as XLSX or as 'CSV UTF-8'."


def read_html(content: bytes) -> Iterator[Stream]:
    """The tables of an HTML file. Raises Problem if it has none."""
    if len(content) > LARGEST:
        raise Problem("too_large", f"it is HTML of over {LARGEST // 1_000_000} MB. Save it as XLSX.")
    if content.count(b"<") > 2 * content.count(b">") + MOST_UNCLOSED:
        raise Problem("unreadable", "its tags are broken. Open it, save it as XLSX, and send that.")
    decoded = decode(content)
    reader = _Reader()
    reader.feed(decoded.text)
    reader.close()
    reader.end_all()
    tables = [table for table in reader.tables if any(table.rows)]
    if not tables:
        raise Problem("not_a_table", NO_TABLE)
    remarks = []
    if decoded.broken or (decoded.assumed and not CHARSET.search(content[:LOOKED_AT])):
        told = "The file is not UTF-8; it was read as Windows-1252. Check pound signs and accents in names."
        remarks.append(Remark("encoding_assumed", None, "Windows-1252", told))
    names = [None] if len(tables) == 1 else [f"Table {number}" for number in range(1, len(tables) + 1)]
    return iter([table.stream(name, remarks) for name, table in zip(names, tables, strict=True)])


class _Table:
    """One table on its way; `waiting` are columns that cells of rows above reach down into, and how many rows more."""

    def __init__(self, titles: list[str]) -> None:
        self.rows: list[list[str]] = [[title] for title in titles]
        self.merged: list[tuple[int, int, int, int]] = []
        self.noticed = Noticed()
        self.cell: list[str] | None = None
        self._spans = (1, 1)
        self._waiting: dict[int, int] = {}
        self._in_row = False

    def stream(self, name: str | None, remarks: list[Remark]) -> Stream:
        """The table as a sheet of that name."""
        last = len(self.rows)
        merged = [(top, left, min(low, last), right) for top, left, low, right in self.merged]
        merged = [each for each in merged if each[0] < each[2] or each[1] < each[3]]
        return Stream(name, iter(self.rows), lambda: [*remarks, *self.noticed.remarks(name, False)], merged)

    def start_row(self, shown: bool) -> None:
        """A row begins; one that is open ends."""
        self.end_row()
        self._in_row = True
        self.rows.append([])
        check_extent(None, len(self.rows), 1)
        if not shown:
            self.noticed.hidden_rows.append(len(self.rows))
        self._skip_waiting()

    def _skip_waiting(self) -> None:
        row = self.rows[-1]
        while self._waiting.get(len(row), 0) > 0:
            self._waiting[len(row)] -= 1
            row.append("")

    def start_cell(self, across: int, down: int) -> None:
        """A cell begins; one that is open ends."""
        self.end_cell()
        if not self._in_row:
            self.start_row(True)
        self.cell, self._spans = [], (across, down)

    def end_cell(self) -> None:
        """The open cell ends, if there is one."""
        if self.cell is None:
            return
        row, (across, down) = self.rows[-1], self._spans
        check_extent(None, 1, len(row) + across)
        first = len(row) + 1
        if across > 1 or down > 1:
            self.merged.append((len(self.rows), first, len(self.rows) + down - 1, first + across - 1))
        for column in range(first - 1, first - 1 + across):
            if down > 1:
                self._waiting[column] = down - 1
        row += [_tidy("".join(self.cell)), *[""] * (across - 1)]
        self.cell = None
        self._skip_waiting()

    def end_row(self) -> None:
        """The open row ends, if there is one; blank cells at its end are left out."""
        self.end_cell()
        if self._in_row:
            for column in [column for column in self._waiting if column >= len(self.rows[-1])]:
                self._waiting[column] -= 1
            while self.rows[-1] and not self.rows[-1][-1]:
                self.rows[-1].pop()
        self._in_row = False


class _Reader(HTMLParser):
    """Gathers the tables of a page; a table within a cell of another is a table of its own."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[_Table] = []
        self._open: list[_Table] = []
        self._titles: list[str] = []
        self._dropped: list[str] = []
        self._cells = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A tag opens."""
        if tag == "body":
            self._dropped.clear()
        if self._dropped or tag in DROPPED:
            if tag in DROPPED:
                self._dropped.append(tag)
            return
        said = {name: value or "" for name, value in attrs}
        if tag == "table":
            if len(self.tables) >= MOST_TABLES:
                raise Problem("too_large", f"it holds over {MOST_TABLES:,} tables. Save the table alone as XLSX.")
            titles = [title for title in map(_tidy, "".join(self._titles).split("\n")) if title][-MOST_TITLES:]
            self._titles = []
            self._open.append(_Table([] if self._open else titles))
            self.tables.append(self._open[-1])
        elif self._open and tag == "tr":
            self._open[-1].start_row(not NOT_SHOWN.search(said.get("style", "")))
        elif self._open and tag in ("td", "th"):
            across, down = _span(said.get("colspan"), MOST_COLUMNS), _span(said.get("rowspan"), MOST_ROWS)
            self._cells += across
            if self._cells > MOST_CELLS:
                raise Problem("too_large", "its tables have more cells than a return does. Save the table as XLSX.")
            self._open[-1].start_cell(across, down)
        elif tag in BREAKS:
            self._say("\n")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A tag that closes itself."""
        if tag not in DROPPED:
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        """A tag closes."""
        if self._dropped:
            if tag == self._dropped[-1]:
                self._dropped.pop()
            return
        table = self._open[-1] if self._open else None
        if table is None or tag in BREAKS - {"tr"}:
            self._say("\n" if tag in BREAKS else "")
        elif tag in ("td", "th"):
            table.end_cell()
        elif tag == "tr":
            table.end_row()
        elif tag == "table":
            table.end_row()
            self._open.pop()

    def handle_data(self, data: str) -> None:
        """Text."""
        if not self._dropped:
            self._say(re.sub(r"[ \t\r\n\f]+", " ", data))

    def _say(self, text: str) -> None:
        if not self._open:
            self._titles.append(text)
        elif (cell := self._open[-1].cell) is not None:
            cell.append(text)

    def end_all(self) -> None:
        """The file is through: ends what is still open."""
        for table in self._open:
            table.end_row()


def _span(said: str | None, most: int) -> int:
    text = (said or "").strip()
    return max(1, min(int(text), most)) if text.isascii() and text.isdigit() and len(text) < 9 else 1


def _tidy(text: str) -> str:
    """A text on as few lines as it is shown on, without spaces at their ends; no-break spaces are spaces."""
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return "\n".join(line for line in lines if line)
