"""Looks through the XML of one XLSX sheet for what calamine leaves out: errors, formulas without result, formats."""

import html
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping

from etl.readers.noticed import MOST_CELLS, MOST_HIDDEN, Noticed, check_extent
from etl.readers.number_formats import Format
from etl.readers.places import column_number, place_of

ROW_OR_CELL = re.compile(rb"<(?:\w+:)?(row|c)((?:\s[^<>]*)?)/?>")
REFERENCE = re.compile(rb"""\sr\s*=\s*["']([^"'<>]*)["']""")
WIDE_CELL = re.compile(rb'<c r="([A-Z]{3}|[C-Z][A-Z])[0-9]+"(?:\s[^<>]*)?(?<!/)>')
FILLED_CELL = re.compile(rb'<c r="([A-Z]+)[0-9]+"(?:\s[^<>]*)?(?<!/)>')
NARROW = 78
ROW = re.compile(rb"<(?:\w+:)?row\s([^<>]*)>")
NUMBER = re.compile(rb"""\br\s*=\s*["']([0-9]+)["']""")
HIDDEN = re.compile(rb"""\bhidden\s*=\s*["'](?:1|true)["']""")
COLUMNS = re.compile(rb"<(?:\w+:)?col\s([^<>]*)>")
ERROR = re.compile(
    rb"""<(?:\w+:)?c(?=\s)[^<>]*?\st\s*=\s*["']e["'][^<>]*>(?:\s*<(?:\w+:)?f\b[^<>]*(?:/>|>[^<]*</(?:\w+:)?f>))?"""
    rb"""\s*<(?:\w+:)?v[^<>]*>([^<]*)<"""
)
FORMULA = rb"<(?:\w+:)?f(?:\s[^<>]*)?(?:/>|>(?P<formula>[^<]*)</(?:\w+:)?f>)"
NO_RESULT = rb"\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>%s)?\s*</(?:\w+:)?c>"
UNCALCULATED = re.compile(FORMULA + NO_RESULT % b"")
UNCALCULATED_OR_ZERO = re.compile(FORMULA + NO_RESULT % rb"|<(?:\w+:)?v>0</(?:\w+:)?v>")
TEXT_RESULT = re.compile(rb"""\st\s*=\s*["'](?:str|inlineStr)["']""")
STYLED = re.compile(rb"""<(?:\w+:)?c(?=\s)[^<>]*?\ss\s*=\s*["']([0-9]{1,6})["'][^<>]*(?<!/)>""")
FEW_STYLES, SLASH = 20, ord("/")
COMMENT = re.compile(rb"<!--.*?-->", re.S)
LONGEST_FORMULA = 200


class Places:
    """Where the cells of a sheet stand, also where they do not say so themselves."""

    def __init__(self, xml: bytes) -> None:
        self._xml = xml
        said = xml.count(b'<c r="')
        self.all_say = said == xml.count(b"<c ") > 0 and b"<c>" not in xml
        self._all = None if self.all_say else list(_counted(xml))

    def of(self, start: int) -> tuple[int, int]:
        """Row and column of the cell whose tag starts there."""
        if self._all is not None:
            at = bisect_right(self._all, (start, 1 << 62, 0)) - 1
            return self._all[max(at, 0)][1:] if self._all else (1, 1)
        place = self._xml[start + 6 : self._xml.find(b'"', start + 6)]
        return place_of(place) or (1, 1)

    def extent(self, rows: int) -> tuple[int, int]:
        """The last row and column with something in them; `rows` is the last row that says its number."""
        if self._all is not None:
            columns = max((column for *_, column in self._all), default=0)
            return max((row for _, row, _ in self._all), default=0), columns
        beyond = re.compile(rb'<c r="[A-Z]+([0-9]{%d,})"' % (len(str(rows)) + 1))
        last = max((int(found[1]) for found in beyond.finditer(self._xml)), default=rows)
        wide = {found[1] for found in WIDE_CELL.finditer(self._xml)}
        if not wide and last * NARROW > MOST_CELLS:
            wide = {found[1] for found in FILLED_CELL.finditer(self._xml)}
        return last, max((column_number(letters.decode()) for letters in wide), default=NARROW)


def _counted(xml: bytes) -> Iterator[tuple[int, int, int]]:
    """Where each cell's tag starts, with its row and column; one that does not say its place follows the one before."""
    row, column = 0, 0
    for found in ROW_OR_CELL.finditer(xml):
        said = REFERENCE.search(found[2])
        if found[1] == b"row":
            row, column = int(said[1]) if said and said[1].isdigit() else row + 1, 0
            continue
        place = place_of(said[1]) if said else None
        row, column = place or (row, column + 1)
        yield found.start(), row, column


def notice(xml: bytes, name: str, formats: Mapping[int, Format], never_calculated: bool) -> Noticed:
    """What is to be noticed in the XML of a sheet. Raises Problem if it spans more than a return does.

    `formats` are the styles that show numbers otherwise than stored. `never_calculated` says that no spreadsheet
    has calculated the workbook since it was written: a formula's result of 0 is then none.
    """
    if b"<!--" in xml:
        xml = COMMENT.sub(b"", xml)
    found, places = Noticed(), Places(xml)
    rows = [int(number[1]) for number in NUMBER.finditer(xml, max(0, xml.rfind(b"<row ")))][:1]
    check_extent(name, *places.extent(rows[0] if rows else 0))
    if b"hidden" in xml:
        _notice_hidden(xml, found)
    if b'="e"' in xml or b"='e'" in xml:
        for error in ERROR.finditer(xml):
            text = html.unescape(error[1].decode("utf-8", "replace")).strip()
            found.say(*places.of(error.start()), text or "#ERROR!")
    if b"<f" in xml or b":f" in xml:
        _notice_formulas(xml, places, found, never_calculated)
    if formats:
        _notice_formats(xml, places, found, formats)
    return found


def _notice_formats(xml: bytes, places: Places, found: Noticed, formats: Mapping[int, Format]) -> None:
    few = places.all_say and len(formats) <= FEW_STYLES
    for start, style in _styled_simply(xml, formats) if few else _styled(xml):
        if style in formats:
            row, column = places.of(start)
            found.formats.setdefault(row, {})[column] = formats[style]


def _styled_simply(xml: bytes, styles: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Where the filled cells of these styles start, looked for by nothing but the style: few cells have one of them."""
    for style in styles:
        for found in re.finditer(b' s="%d"' % style, xml):
            start = xml.rfind(b"<", 0, found.start())
            if xml.startswith(b"<c ", start) and xml[xml.find(b">", start) - 1] != SLASH:
                yield start, style


def _styled(xml: bytes) -> Iterator[tuple[int, int]]:
    """Where the filled cells that have a style start, with its number."""
    for found in STYLED.finditer(xml):
        yield found.start(), int(found[1])


def _notice_hidden(xml: bytes, found: Noticed) -> None:
    after = 0
    for row in ROW.finditer(xml):
        number = NUMBER.search(row[1])
        after = int(number[1]) if number else after + 1
        if HIDDEN.search(row[1]) and len(found.hidden_rows) < MOST_HIDDEN:
            found.hidden_rows.append(after)
    for column in COLUMNS.finditer(xml):
        ends = [re.search(rb"""\b%s\s*=\s*["']([0-9]+)""" % end, column[1]) for end in (b"min", b"max")]
        if HIDDEN.search(column[1]) and ends[0] and ends[1]:
            found.hidden_columns += range(int(ends[0][1]), min(int(ends[1][1]), 16_384) + 1)


def _notice_formulas(xml: bytes, places: Places, found: Noticed, never_calculated: bool) -> None:
    """Formulas without a result become their own text, which no reader of cells takes for a value."""
    for formula in (UNCALCULATED_OR_ZERO if never_calculated else UNCALCULATED).finditer(xml):
        start = xml.rfind(b"<", 0, formula.start())
        if TEXT_RESULT.search(xml[start : xml.find(b">", start)]):
            continue
        row, column = places.of(start)
        text = "=" + html.unescape((formula["formula"] or b"").decode("utf-8", "replace"))[:LONGEST_FORMULA]
        found.say(row, column, text)
        found.not_calculated.setdefault(row, text)
