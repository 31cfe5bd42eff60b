"""Walks the records of an XLS workbook for what calamine leaves out: errors, texts, formats, what is hidden."""

import struct
from collections.abc import Iterator
from typing import NamedTuple

from etl.readers import Problem
from etl.readers.noticed import Noticed
from etl.readers.number_formats import BUILT_IN, Format, parse_format

BOF, EOF, FILEPASS, BOUNDSHEET, FORMAT, XF = 0x0809, 0x000A, 0x002F, 0x0085, 0x041E, 0x00E0
ROW, COLUMNS, FORMULA, STRING, TRUTH_OR_ERROR = 0x0208, 0x007D, 0x0006, 0x0207, 0x0205
NUMBER, SHORT_NUMBER, SHORT_NUMBERS = 0x0203, 0x027E, 0x00BD
HIDDEN_ROW, HIDDEN_COLUMN, WIDE = 0x20, 0x01, 0x01
BIFF8 = 0x0600
ERRORS = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"}
OTHER_ERROR = "#ERROR!"
IS_TEXT, IS_ERROR = 0, 2
PASSWORD = "it is protected by a password. Save it without one."

Record = tuple[int, bytes]


class Globals(NamedTuple):
    """What the workbook says of all sheets: where each starts, its kind, is it hidden; formats by style."""

    sheets: list[tuple[int, int, bool]]
    formats: dict[int, Format]
    version: int


def records(stream: bytes, start: int = 0) -> Iterator[Record]:
    """The records from a place on, up to the end of the part that starts there; parts within it are passed over."""
    at, depth, size = start, 0, len(stream)
    while at + 4 <= size:
        kind, length = stream[at] | stream[at + 1] << 8, stream[at + 2] | stream[at + 3] << 8
        body = at + 4
        at = body + length
        if kind == BOF:
            depth += 1
        elif kind == EOF:
            depth -= 1
            if depth <= 0:
                return
        if depth == 1:
            yield kind, stream[body:at]


def read_globals(stream: bytes) -> Globals:
    """The workbook's own records. Raises Problem if it is protected by a password."""
    sheets: list[tuple[int, int, bool]] = []
    codes, styles, version = dict(BUILT_IN), [], BIFF8
    for kind, body in records(stream):
        if kind == BOF:
            version = struct.unpack_from("<H", body)[0]
        elif kind == FILEPASS:
            raise Problem("password_protected", PASSWORD)
        elif kind == BOUNDSHEET and len(body) >= 6:
            place, state, what = struct.unpack_from("<IBB", body)
            sheets.append((place, what, state & 3 != 0))
        elif kind == FORMAT and len(body) > 3:
            codes[struct.unpack_from("<H", body)[0]] = _format_code(body[2:], version)
        elif kind == XF and len(body) >= 4:
            styles.append(struct.unpack_from("<H", body, 2)[0])
    known = {number: parse_format(code) for number, code in codes.items()}
    formats = {place: shown for place, number in enumerate(styles) if (shown := known.get(number)) is not None}
    return Globals(sheets, formats, version)


def _format_code(body: bytes, version: int) -> str:
    if version < BIFF8:
        return body[1 : 1 + body[0]].decode("cp1252", "replace")
    length, flags = struct.unpack_from("<HB", body)
    return _characters(body[3:], length, flags)


def _characters(body: bytes, length: int, flags: int) -> str:
    if flags & WIDE:
        return body[: length * 2].decode("utf-16-le", "replace")
    return body[:length].decode("latin-1")


def notice(stream: bytes, start: int, workbook: Globals) -> Noticed:
    """What is to be noticed in the sheet whose records start there."""
    walk = _Walk(workbook)
    for kind, body in records(stream, start):
        step = _Walk.STEPS.get(kind)
        if step is not None:
            try:
                step(walk, body)
            except (struct.error, IndexError):
                continue
    return walk.found


class _Walk:
    """Goes through the records of one sheet."""

    def __init__(self, workbook: Globals) -> None:
        self.found = Noticed()
        self._formats, self._version = workbook.formats, workbook.version
        self._text_of: tuple[int, int] | None = None

    def _row(self, body: bytes) -> None:
        if body[12] & HIDDEN_ROW:
            self.found.hidden_rows.append(struct.unpack_from("<H", body)[0] + 1)

    def _columns(self, body: bytes) -> None:
        first, last = struct.unpack_from("<HH", body)
        if body[8] & HIDDEN_COLUMN:
            self.found.hidden_columns += range(first + 1, min(last, 255) + 2)

    def _number(self, body: bytes) -> None:
        row, column, style = struct.unpack_from("<HHH", body)
        if style in self._formats:
            self.found.formats.setdefault(row + 1, {})[column + 1] = self._formats[style]

    def _numbers(self, body: bytes) -> None:
        row, first = struct.unpack_from("<HH", body)
        for place in range((len(body) - 6) // 6):
            style = struct.unpack_from("<H", body, 4 + place * 6)[0]
            if style in self._formats:
                self.found.formats.setdefault(row + 1, {})[first + place + 1] = self._formats[style]

    def _formula(self, body: bytes) -> None:
        row, column = struct.unpack_from("<HH", body)
        if body[12:14] != b"\xff\xff":
            self._number(body)
        elif body[6] == IS_TEXT:
            self._text_of = (row + 1, column + 1)
        elif body[6] == IS_ERROR:
            self.found.say(row + 1, column + 1, ERRORS.get(body[8], OTHER_ERROR))

    def _string(self, body: bytes) -> None:
        if self._text_of is None:
            return
        length = struct.unpack_from("<H", body)[0]
        wide = self._version >= BIFF8
        text = _characters(body[3:], length, body[2]) if wide else body[2 : 2 + length].decode("cp1252", "replace")
        self.found.say(*self._text_of, text)
        self._text_of = None

    def _truth_or_error(self, body: bytes) -> None:
        row, column = struct.unpack_from("<HH", body)
        if body[7]:
            self.found.say(row + 1, column + 1, ERRORS.get(body[6], OTHER_ERROR))

    STEPS = {  # noqa: RUF012
        ROW: _row,
        COLUMNS: _columns,
        NUMBER: _number,
        SHORT_NUMBER: _number,
        SHORT_NUMBERS: _numbers,
        FORMULA: _formula,
        STRING: _string,
        TRUTH_OR_ERROR: _truth_or_error,
    }
