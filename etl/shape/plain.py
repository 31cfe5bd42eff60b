"""A plain table in columns: one row of headings, one column of amounts. Only its odd rows are looked at one by one."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from etl.headings import known_headings
from etl.readers.columns import Columns, distinct_of, whole
from etl.shape.beside import UNIT_WORDS, are_unit_words
from etl.shape.fills import DITTO
from etl.shape.heading_rows import Row, find_headings, is_new_heading
from etl.shape.layout import Layout, layout_of
from etl.shape.ledger import Ledger
from etl.shape.lines import is_plain, too_many
from etl.shape.pence import pence_of
from etl.shape.records import Finding, IgnoredRow
from etl.shape.rows import STARTS_LABEL, TITLED, Mark, Sorter, settled
from etl.shape.settled_units import Units, settled_units
from etl.shape.totals import TOTALS, Reader, weigh
from etl.shape.wording import AMOUNT
from etl.values.plain_pounds import pence_of_pounds, plain_pounds

LABEL = r"(?i)^(?:(?:notes?|sources?|n\.?b\.?|footnotes?|key)\.?:?(?: ?\d)?|\*+)|total|sum"
FIRST_ROW = 2


@dataclass(frozen=True)
class PlainTable:
    """What `shape_of` would give, in columns: `rows` are the rows of the lines, `cells` their columns by name."""

    columns: dict[str, str]
    rows: np.ndarray
    cells: dict[str, pa.ChunkedArray]
    unit: str
    units: dict[str, str]
    ignored: list[IgnoredRow]
    findings: list[Finding]


def plain_table(columns: Columns, reference: Path) -> PlainTable | None:
    """The lines of a table whose headings are certain; None where the rows must be looked at one by one."""
    headings = find_headings(columns.head, 0, (), reference)
    if headings is None or headings.rows != (1,) or headings.unit_row:
        return None
    sorts = [meaning.sort for meaning in headings.meanings]
    if sorts.count("value") != 1 or {"unclear", "blank"} & set(sorts):
        return None
    layout = layout_of(headings, columns.head[1:], reference)
    if not is_plain(layout) or not {"project_ref", "lead_council"} <= layout.identity.keys():
        return None
    unread = [place for place, sort in enumerate(sorts) if sort in ("unknown", "alone")]
    if any(_are_unit_words(columns.rows.column(place)) for place in unread):
        return None
    if _has_ditto(columns, layout) or _has_titled_total(columns, layout):
        return None
    odd = _odd_rows(columns, layout, reference)
    found = _Sorting(columns, layout, Sorter(headings, layout, reference, columns.head), odd, reference)
    units = found.units()
    return None if units is None else found.table(units)


def _has_ditto(columns: Columns, layout: Layout) -> bool:
    wanted = pc.SetLookupOptions(pa.array(sorted(DITTO), pa.string()))
    for place in layout.identity_places:
        column = columns.rows.column(place)
        distinct = distinct_of(column)
        found = pc.call_function("is_in", [column if distinct is None else distinct[0]], wanted)
        if pc.call_function("any", [found]).as_py():
            return True
    return False


def _odd_rows(columns: Columns, layout: Layout, reference: Path) -> np.ndarray:
    """Places of the rows without a reference and a council, or in which either may be a label or a heading."""
    words = {word.casefold() for word in columns.head[0]} | set(known_headings(reference))
    odd = np.zeros(columns.rows.num_rows, bool)
    for name in ("project_ref", "lead_council"):
        column = columns.rows.column(layout.identity[name][0])
        distinct = distinct_of(column)
        texts = whole(column) if distinct is None else distinct[0]
        lower = pc.call_function("utf8_lower", [texts])
        known = pc.call_function("is_in", [lower], pc.SetLookupOptions(pa.array(sorted(words), pa.string())))
        label = pc.call_function("match_substring_regex", [texts], pc.MatchSubstringOptions(LABEL))
        either = pc.call_function("or", [known, label])
        either = either if distinct is None else either.take(distinct[1])
        odd |= either.fill_null(True).to_numpy(zero_copy_only=False)
    return np.flatnonzero(odd)


def _are_unit_words(column: pa.ChunkedArray) -> bool:
    """Does a column hold nothing but units, currencies and signs?"""
    distinct = distinct_of(column)
    texts = column.unique() if distinct is None else distinct[0]
    return len(texts) <= len(UNIT_WORDS) * 2 and are_unit_words({text.casefold() for text in texts.to_pylist() if text})


def _has_titled_total(columns: Columns, layout: Layout) -> bool:
    places = (place for name in TITLED for place in layout.identity.get(name, ()))
    return any(_matches(columns.rows.column(place), STARTS_LABEL.pattern) for place in places)


def _matches(column: pa.ChunkedArray, pattern: str) -> bool:
    """Does any cell of a column begin with a pattern (RE2)?"""
    distinct = distinct_of(column)
    texts = column if distinct is None else distinct[0]
    found = pc.call_function("match_substring_regex", [texts], pc.MatchSubstringOptions(f"^(?:{pattern})"))
    return bool(pc.call_function("any", [found]).as_py())


class _Sorting:
    """The rows of a plain table, sorted into lines and marks."""

    def __init__(self, columns: Columns, layout: Layout, sorter: Sorter, odd: np.ndarray, reference: Path) -> None:
        self.columns, self.layout = columns, layout
        self.odd_cells = dict(zip(odd.tolist(), _rows_at(columns, odd), strict=True))
        self.is_line = np.ones(columns.rows.num_rows, bool)
        self.other_table = False
        reasons = {}
        for place, cells in self.odd_cells.items():
            reason = sorter.reason(cells)
            self.other_table = self.other_table or (reason in ("line", None) and is_new_heading(cells, reference))
            if reason != "line":
                reasons[place] = reason
                self.is_line[place] = False
        before = np.concatenate(([0], np.cumsum(self.is_line)))
        lines = int(before[-1])
        self.marks = [
            settled(Mark(int(before[place]), place + FIRST_ROW, reason, self.odd_cells[place]), lines)
            for place, reason in reasons.items()
        ]

    def units(self) -> Units | None:
        """The units of the table; None where they, or what the odd rows are, need a closer look."""
        notes = [mark for mark in self.marks if mark.reason in ("note", "band", "unit")]
        units = settled_units(self.layout, [], notes, None)
        return None if units.doubts or self.other_table or not self.is_line.any() else units

    def table(self, units: Units) -> PlainTable:
        """The table, its totals taken out and compared."""
        places = np.flatnonzero(self.is_line)
        marks, findings, dropped = self._weighed(units, places)
        rows = np.delete(places, dropped)
        findings = [*self.layout.findings, *units.findings, *findings]
        findings += [too_many(number, cells) for number, cells in self.columns.beyond.items()]
        taken = self.columns.rows if len(rows) == self.columns.rows.num_rows else self.columns.rows.take(rows)
        named = {name: taken.column(found[0]) for name, found in self.layout.identity.items()}
        named[AMOUNT] = taken.column(self.layout.amounts[0].places[0])
        ignored = [IgnoredRow(mark.row, mark.reason or "note", mark.found) for mark in marks]
        return PlainTable(
            self.layout.headings, rows + FIRST_ROW, named, units.amounts[0], units.others, ignored, findings
        )

    def _weighed(self, units: Units, places: np.ndarray) -> tuple[list[Mark], list[Finding], list[int]]:
        reader = Reader(self.layout, units.amounts, given=False)
        reader.look_at([row for row in self.columns.head[1:] if any(row)])
        own = {int(place): number for number, place in enumerate(places)} if self.odd_cells else {}
        nameless = {own[place] for place, row in self.odd_cells.items() if place in own and reader.nameless(row)}
        if not nameless and not any(mark.reason in TOTALS for mark in self.marks):
            return self.marks, [], []
        pence, known = self._pence(units.amounts[0])
        every: list[list[str]] = []

        def line_at(number: int) -> tuple[int, Row]:
            place = int(places[number])
            if place not in self.odd_cells and not every:
                every.extend(_rows_at(self.columns, np.arange(self.columns.rows.num_rows)))
            return place + FIRST_ROW, self.odd_cells[place] if place in self.odd_cells else every[place]

        found = weigh(self.marks, nameless, Ledger([pence[places]], [known[places]]), line_at, reader)
        return found.marks, found.findings, [place for place, _ in found.totals]

    def _pence(self, unit: str) -> tuple[np.ndarray, np.ndarray]:
        """The pence of every row, 0 where there is no certain amount, and where there is one."""
        texts = whole(self.columns.rows.column(self.layout.amounts[0].places[0]).cast(pa.string()))
        amounts, odd = plain_pounds(texts, unit == "£")
        pence, known = (
            pence_of_pounds(amounts).copy(),
            amounts.is_valid().to_numpy(zero_copy_only=False).astype(np.int64),
        )
        found = [pence_of(text, unit) for text in texts.take(pa.array(odd)).to_pylist()]
        if _is_huge(found):
            pence = pence.astype(object)
        pence[odd] = [each or 0 for each in found]
        known[odd] = [each is not None for each in found]
        return pence, known


def _is_huge(pence: list[int | None]) -> bool:
    return max((abs(each) for each in pence if each is not None), default=0) > 10**11


def _texts_of(column: pa.ChunkedArray) -> list[str]:
    """The cells of a column, '' where blank."""
    distinct = distinct_of(column)
    if distinct is None:
        return ["" if text is None else text for text in column.to_pylist()]
    texts = [*distinct[0].to_pylist(), ""]
    return [texts[place] for place in distinct[1].fill_null(len(texts) - 1).to_pylist()]


def _rows_at(columns: Columns, places: np.ndarray) -> list[Row]:
    """The cells of some rows, '' where blank, with those beyond the headings."""
    if not len(places):
        return []
    taken = columns.rows.take(places)
    rows = [list(row) for row in zip(*map(_texts_of, taken.columns), strict=True)]
    return [row + columns.beyond.get(int(place) + FIRST_ROW, []) for place, row in zip(places, rows, strict=True)]
