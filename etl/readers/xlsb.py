"""XLSB: calamine reads the values of the cells; errors and what is hidden are read from the records.

Number formats are not looked at: half shown as 50% is read as 0.5, which no reader of percentages takes.
"""

import io
import posixpath
from collections.abc import Iterator
from typing import NamedTuple

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from etl.readers import Problem
from etl.readers.biff import ERRORS, OTHER_ERROR
from etl.readers.calamine_rows import stream_of
from etl.readers.noticed import Noticed
from etl.readers.stream import Stream
from etl.readers.xml_elements import BROKEN_XML, elements_of
from etl.readers.zip_parts import DAMAGED, Parts

WORKBOOK, RELATIONS = "xl/workbook.bin", "xl/_rels/workbook.bin.rels"
ROW, ERROR, FORMULA_ERROR, COLUMN, SHEET = 0, 3, 11, 60, 156
HIDDEN_ROW, HIDDEN_COLUMN = 0x10, 0x01


class Listed(NamedTuple):
    """A sheet as the workbook lists it: its name and its part."""

    name: str
    part: str


def read_xlsb(content: bytes, parts: Parts) -> Iterator[Stream]:
    """The sheets of an XLSB workbook, one at a time."""
    noticed = {sheet.name: _notice(parts.read(sheet.part)) for sheet in _listed(parts)}
    parts.check_others()
    return _streams(content, noticed)


def _streams(content: bytes, noticed: dict[str, Noticed]) -> Iterator[Stream]:
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        for sheet in workbook.sheets_metadata:
            if sheet.typ == SheetTypeEnum.WorkSheet:
                hidden = sheet.visible != SheetVisibleEnum.Visible
                found = noticed.get(sheet.name, Noticed())
                yield stream_of("xlsx", workbook.get_sheet_by_name(sheet.name), hidden, found)
    except (CalamineError, OSError):
        raise Problem("unreadable", BROKEN_XML) from None


def _listed(parts: Parts) -> list[Listed]:
    if RELATIONS not in parts:
        raise Problem("unreadable", DAMAGED)
    relations = {each.attributes.get("Id"): each.attributes for each in elements_of(parts.read(RELATIONS))}
    found = []
    for kind, body in _records(parts.read(WORKBOOK)):
        if kind != SHEET:
            continue
        own, rest = _text(body[8:])
        name, _ = _text(rest)
        target = relations.get(own, {}).get("Target", "")
        part = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")
        if part not in parts:
            raise Problem("unreadable", f"its part '{part[:80]}' is missing. {DAMAGED[0].upper()}{DAMAGED[1:]}")
        found.append(Listed(name, part))
    return found


def _text(body: bytes) -> tuple[str, bytes]:
    """A text with its length before it, and what follows."""
    end = 4 + 2 * int.from_bytes(body[:4], "little")
    return body[4:end].decode("utf-16-le", "replace"), body[end:]


def _records(part: bytes) -> Iterator[tuple[int, bytes]]:
    """The records of a part: a kind and a length of one byte or more, then the body."""
    at, size = 0, len(part)
    while at < size:
        kind = part[at]
        at += 1
        if kind & 0x80 and at < size:
            kind = kind & 0x7F | (part[at] & 0x7F) << 7
            at += 1
        length = shift = 0
        while at < size and shift < 28:
            byte = part[at]
            at += 1
            length |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80:
                break
        yield kind, part[at : at + length]
        at += length


def _notice(part: bytes) -> Noticed:
    found, row = Noticed(), 0
    for kind, body in _records(part):
        if kind == ROW:
            row = int.from_bytes(body[:4], "little") + 1
            if len(body) > 11 and body[11] & HIDDEN_ROW:
                found.hidden_rows.append(row)
        elif kind in (ERROR, FORMULA_ERROR) and len(body) > 8:
            found.say(row, int.from_bytes(body[:4], "little") + 1, ERRORS.get(body[8], OTHER_ERROR))
        elif kind == COLUMN and len(body) > 16 and body[16] & HIDDEN_COLUMN:
            first, last = (int.from_bytes(body[at : at + 4], "little") for at in (0, 4))
            found.hidden_columns += range(first + 1, min(last, 16_383) + 2)
    return found
