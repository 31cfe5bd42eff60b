"""A plain table in columns: one row of headings, one column of amounts. Only its odd rows are looked at one by one."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, cast

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
from etl.shape.odd_rows import FIRST_ROW, odd_rows, rows_at
from etl.shape.pence import pence_of
from etl.shape.records import Finding, IgnoredRow, Reason
from etl.shape.rows import STARTS_LABEL, TITLED, Mark, Sorter, settled
from etl.shape.settled_units import Units, settled_units
from etl.shape.totals import TOTALS, Reader, weigh
from etl.shape.wording import AMOUNT
from etl.values.plain_pounds import pence_of_pounds, plain_pounds

LABEL = r"(?i)^(?:(?:notes?|sources?|n\.?b\.?|footnotes?|key)\.?:?(?: ?\d)?|\*+)|total|sum"


@dataclass(frozen=True)
class PlainTable:
    """What `shape_of` would give, in columns: `rows` are the rows of the lines, `cells` their columns by name.

    `odd` counts the rows that were looked at one by one.
    """

    columns: dict[str, str]
    rows: np.ndarray
    cells: dict[str, pa.ChunkedArray]
    unit: str
    units: dict[str, str]
    ignored: list[IgnoredRow]
    findings: list[Finding]
    odd: int


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
        self.odd = odd_rows(columns, odd, layout.amounts[0].places[0])
        reasons = [sorter.reason(cells) for cells in self.odd.kinds]
        maybe_lines = (cells for cells, reason in zip(self.odd.kinds, reasons, strict=True) if reason in ("line", None))
        self.other_table = any(is_new_heading(cells, reference) for cells in maybe_lines)
        is_line = np.array([reason == "line" for reason in reasons], bool)[self.odd.kind_of]
        self.is_line = np.ones(columns.rows.num_rows, bool)
        self.is_line[odd[~is_line]] = False
        self.before = np.concatenate(([0], np.cumsum(self.is_line)))
        self.odd_lines = np.flatnonzero(is_line)
        self.marks = self._marks(reasons, np.flatnonzero(~is_line))

    def _marks(self, reasons: Sequence[Reason | Literal["line"] | None], numbers: np.ndarray) -> list[Mark]:
        """The marks of those odd rows that are no lines. `reasons` are those of each kind of row."""
        lines, places = int(self.before[-1]), self.odd.places[numbers]
        found = zip(
            self.before[places].tolist(),
            (places + FIRST_ROW).tolist(),
            self.odd.kind_of[numbers].tolist(),
            numbers.tolist(),
            strict=True,
        )
        return [
            settled(Mark(before, row, cast("Reason | None", reasons[kind]), self.odd.cells[number]), lines)
            for before, row, kind, number in found
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
        unit, odd = units.amounts[0], len(self.odd.places)
        return PlainTable(self.layout.headings, rows + FIRST_ROW, named, unit, units.others, ignored, findings, odd)

    def _weighed(self, units: Units, places: np.ndarray) -> tuple[list[Mark], list[Finding], list[int]]:
        reader = Reader(self.layout, units.amounts, given=False)
        reader.look_at([row for row in self.columns.head[1:] if any(row)])
        nameless = self._nameless(reader)
        if not nameless and not any(mark.reason in TOTALS for mark in self.marks):
            return self.marks, [], []
        pence, known = self._pence(units.amounts[0])
        every: list[Row] = []

        def line_at(number: int) -> tuple[int, Row]:
            if number not in nameless and not every:
                every.extend(rows_at(self.columns, places))
            return int(places[number]) + FIRST_ROW, nameless[number] if number in nameless else every[number]

        found = weigh(self.marks, set(nameless), Ledger([pence[places]], [known[places]]), line_at, reader)
        return found.marks, found.findings, [place for place, _ in found.totals]

    def _nameless(self, reader: Reader) -> dict[int, Row]:
        """The cells of the lines that do not say whose they are, by their numbers among the lines."""
        of_kind = np.array([reader.nameless(cells) for cells in self.odd.kinds], bool)
        odd = self.odd_lines[of_kind[self.odd.kind_of[self.odd_lines]]]
        numbers = self.before[self.odd.places[odd]]
        return {line: self.odd.cells[number] for line, number in zip(numbers.tolist(), odd.tolist(), strict=True)}

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
