"""Delimited text becomes rows: any delimiter, any ends of lines; broken quoting costs a row, never those below it."""

import csv
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from etl.readers import Problem, Remark, Sheet
from etl.readers.decoding import SAVE_AS_UTF8, Decoded, decode, lines_of
from etl.readers.delimiter import declared_delimiter, find_delimiter
from etl.readers.split_amounts import split_rows

LONGEST_CELL = 100_000
MOST_COLUMNS = 2_000
LARGEST_TEXT = 300_000_000
MOST_BROKEN_ROWS, MOST_NAMED_ROWS = 20, 1_000
MOST_LINES_TOGETHER = 1_000
MOST_NAMED = 20
PROSE_LINE = 60

Row = list[str]


def read_delimited(content: bytes) -> Sheet:
    """The one table of a text file, with what was noticed in it. Raises Problem if it is no table of text."""
    if len(content) > LARGEST_TEXT:
        raise Problem("too_large", f"it is text of over {LARGEST_TEXT // 1_000_000} MB. Send it in parts.")
    decoded = decode(content)
    lines = lines_of(decoded.text)
    if not any(map(str.strip, lines)):
        raise Problem("no_lines", "it is empty: it holds no text at all.")
    declared = declared_delimiter(lines[0])
    head = 1 if declared else 0
    delimiter = declared or find_delimiter(lines[head:]) or ","
    if not declared:
        _refuse_prose(lines, delimiter)
    parsed = _Parsing(lines, delimiter, head)
    rows = parsed.rows()
    _check_width(rows)
    remarks = [*_encoding_remarks(decoded, parsed.starts), *parsed.remarks, *_swallowed(rows, parsed.starts, delimiter)]
    if delimiter == ",":
        remarks += split_rows(rows)
    return Sheet(None, rows, remarks=remarks)


def read_rows(content: bytes) -> list[Row]:
    """Every row of a delimited file, from row 1; a blank row is an empty list. Problem if it is no such file."""
    return read_delimited(content).rows


class _Parsing:
    """Lines on their way to rows. `starts` is the first line of each row, from 0."""

    def __init__(self, lines: list[str], delimiter: str, head: int) -> None:
        self.lines, self.delimiter, self.head = lines, delimiter, head
        self.starts: list[int] = []
        self.remarks: list[Remark] = []

    def rows(self) -> list[Row]:
        """All rows; a row whose quoting is broken is read by itself, and remarked on."""
        csv.field_size_limit(LONGEST_CELL)
        rows: list[Row] = [[] for _ in range(self.head)]
        self.starts = list(range(self.head))
        place = self.head
        while place < len(self.lines):
            for start, row in self._strictly(place):
                self.starts.append(start)
                rows.append(row)
            place = len(self.lines) if self.stopped is None else self.stopped + 1
            if self.stopped is not None:
                self.starts.append(self.stopped)
                rows.append(self._alone(self.stopped, len(rows) + 1))
        return rows

    def _strictly(self, place: int) -> Iterator[tuple[int, Row]]:
        """Rows from a line on, until one is not well quoted: `stopped` is then the line where that one starts."""
        self.stopped: int | None = None
        rest = map(self.lines.__getitem__, range(place, len(self.lines)))
        reader = csv.reader(rest, delimiter=self.delimiter, strict=True)
        start = place
        try:
            for row in reader:
                if place + reader.line_num - start > MOST_LINES_TOGETHER:
                    break
                yield start, row
                start = place + reader.line_num
            else:
                return
        except csv.Error:
            pass
        self.stopped = start

    def _alone(self, start: int, number: int) -> Row:
        """The row of one line whose quoting is broken, as well as it can be read."""
        if len(self.remarks) >= max(MOST_BROKEN_ROWS, min(len(self.lines) // 100, MOST_NAMED_ROWS)):
            named = ", ".join(str(remark.row) for remark in self.remarks[:MOST_NAMED])
            raise Problem("unreadable", f"its quoting is broken in many rows ({named} …). {SAVE_AS_UTF8}")
        line = self.lines[start].rstrip("\r\n")
        try:
            row = next(csv.reader([line], delimiter=self.delimiter))
        except csv.Error:
            raise Problem(
                "too_large", f"row {number} has a cell of over {LONGEST_CELL:,} characters. Shorten it, or send XLSX."
            ) from None
        told = f"Row {number} has a quotation mark that is not closed or stands inside a cell; check its cells."
        self.remarks.append(Remark("quoting_broken", number, line[:200], told, "quarantined"))
        return row


def _check_width(rows: Sequence[Row]) -> None:
    widest = max(range(len(rows)), key=lambda index: len(rows[index]))
    if len(rows[widest]) > MOST_COLUMNS and any(map(str.strip, rows[widest][MOST_COLUMNS:])):
        raise Problem(
            "too_large", f"row {widest + 1} has {len(rows[widest]):,} cells; {MOST_COLUMNS:,} columns are read at most."
        )


def _refuse_prose(lines: Sequence[str], delimiter: str) -> None:
    """Raises for a letter or a note saved as text: long lines of words, no two of them parted alike."""
    filled = [line.strip() for line in lines[:200] if line.strip()]
    if find_delimiter(lines) is not None:
        widths = Counter(map(len, _loosely(filled, delimiter)))
        if len(filled) < 4 or max(widths.values()) * 3 >= len(filled):
            return
    words = sum(len(line) > PROSE_LINE and line.count(" ") > 8 for line in filled)
    if words * 2 > len(filled):
        raise Problem("not_a_table", "it is running text, not a table. Send the table as XLSX or as 'CSV UTF-8'.")


def _loosely(lines: Sequence[str], delimiter: str) -> list[Row]:
    """The cells of lines, whatever their quoting is worth."""
    try:
        return list(csv.reader(lines, delimiter=delimiter))
    except csv.Error:
        return [line.split(delimiter) for line in lines]


def _encoding_remarks(decoded: Decoded, starts: Sequence[int]) -> list[Remark]:
    remarks = []
    if decoded.assumed and decoded.all_assumed:
        told = "The file is not UTF-8; it was read as Windows-1252. Check pound signs and accents in names."
        remarks.append(Remark("encoding_assumed", None, "Windows-1252", told))
    elif decoded.assumed:
        rows = _rows_of(decoded.assumed, starts)
        named = ", ".join(map(str, rows[:MOST_NAMED])) + (" …" if len(rows) > MOST_NAMED else "")
        told = f"Rows in Windows-1252 in a file that is UTF-8 elsewhere: {named}. They were read as Windows-1252."
        remarks.append(Remark("encoding_assumed", None, "UTF-8 and Windows-1252", told))
    for row in _rows_of(decoded.broken, starts):
        told = f"Row {row} holds bytes that are neither UTF-8 nor Windows-1252, each read as '\ufffd'. Type them again."
        remarks.append(Remark("bytes_unreadable", row, "\ufffd", told, "quarantined"))
    return remarks


def _rows_of(lines: frozenset[int], starts: Sequence[int]) -> list[int]:
    """The rows that hold these lines, from 1; `starts` are the first lines of all rows."""
    rows, row = [], 0
    for line in sorted(lines):
        while row < len(starts) and starts[row] <= line:
            row += 1
        if not rows or rows[-1] != row:
            rows.append(row)
    return rows


def _swallowed(rows: Sequence[Row], starts: Sequence[int], delimiter: str) -> list[Remark]:
    """Remarks on cells that hold whole lines of the table: a quotation mark too many joined them."""
    width = Counter(map(len, rows)).most_common(1)[0][0]
    remarks = []
    long = [number for number, (start, after) in enumerate(pairwise(starts), 1) if after - start > 1]
    for number in [*long, len(rows)]:
        for cell in rows[number - 1]:
            breaks = cell.count("\n") or cell.count("\r")
            if breaks and width > 2 and cell.count(delimiter) >= (width - 1) * breaks:
                told = f"Row {number} has a cell that holds {breaks + 1} lines of the table; a quotation mark is amiss."
                remarks.append(Remark("lines_in_one_cell", number, cell[:200], told, "quarantined"))
                break
    return remarks
