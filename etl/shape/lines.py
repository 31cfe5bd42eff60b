"""The rows of a table that are lines, made into lines: one an amount, in a wide layout several a row."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from pathlib import Path

from etl.shape.fills import NEVER_ABOVE, Above, fill_given, has_ditto, merged_amounts, same_value
from etl.shape.heading_rows import Merged, Row
from etl.shape.layout import Amounts, Layout
from etl.shape.pence import first_filled
from etl.shape.records import Fate, Finding, Line
from etl.shape.rows import Sorted
from etl.shape.settled_units import Units
from etl.shape.totals import BOUNDS
from etl.shape.wide import UNCLEAR_FLAG
from etl.shape.wording import AMOUNT

Cells = dict[str, str]
TOO_MANY = (
    "This row has more cells than there are headings, so its cells may have shifted. Put amounts with commas in quotes."
)


@dataclass(frozen=True)
class Table:
    """One table, ready to be made into lines."""

    layout: Layout
    units: Units
    sheet: Sorted
    given: Mapping[str, str]
    merged: Merged
    reference: Path


def lines_of(table: Table) -> tuple[list[Line], list[Finding]]:
    """The lines of a table, and the findings on its rows."""
    layout = table.layout
    plain = is_plain(layout) and not table.units.doubts
    if plain and not table.given and not table.merged and not has_ditto(table.sheet.lines):
        return _plain_lines(table)
    return _Maker(table).make()


def is_plain(layout: Layout) -> bool:
    """Has each column one place, and does the one column of amounts say nothing but that?"""
    if len(layout.amounts) != 1 or layout.totals or any(len(places) > 1 for places in layout.identity.values()):
        return False
    amounts = layout.amounts[0]
    return len(amounts.places) == 1 and not amounts.said and not amounts.flags & {"cumulative", UNCLEAR_FLAG}


def _reader(layout: Layout, with_amount: bool) -> tuple[tuple[str, ...], Callable[[Row], tuple[str, ...]], int]:
    """The names of the cells, what takes them from a row, and how long a row it needs; first places only."""
    places = {name: found[0] for name, found in layout.identity.items()}
    if with_amount:
        places[AMOUNT] = layout.amounts[0].places[0]
    taken = tuple(places.values())
    if len(taken) == 1:
        return tuple(places), lambda row: (row[taken[0]],), taken[0] + 1
    return tuple(places), itemgetter(*taken) if taken else lambda _: (), max(taken, default=-1) + 1


def _plain_lines(table: Table) -> tuple[list[Line], list[Finding]]:
    """The fast way for a narrow table that needs nothing but its cells."""
    names, cells_of, longest = _reader(table.layout, with_amount=True)
    width, unit = table.layout.width, table.units.amounts[0]
    lines: list[Line] = []
    found: list[Finding] = []
    for number, row in table.sheet.lines:
        if len(row) < longest:
            row = [*row, *[""] * (longest - len(row))]
        if len(row) > width and any(row[width:]):
            found.append(too_many(number, row[width:]))
        lines.append(Line(number, None, dict(zip(names, cells_of(row), strict=True)), unit))
    return lines, found


class _Maker:
    """Makes the lines of a table that needs more than its cells."""

    def __init__(self, table: Table) -> None:
        self.table, self.layout = table, table.layout
        self.lines: list[Line] = []
        self.found: list[Finding] = []
        self.names, self.cells_of, self.longest = _reader(self.layout, with_amount=False)
        self.twins = {name: places for name, places in self.layout.identity.items() if len(places) > 1}
        bounds = {mark.place for mark in table.sheet.marks if mark.reason in BOUNDS}
        self.above = Above(self.layout, bounds)
        self.has_ditto = has_ditto(table.sheet.lines)
        self.spans = merged_amounts(self.layout, table.merged)
        self.splitting = _splitting(self.layout.amounts)
        self.is_wide = self.layout.is_wide
        doubted = self.table.units.doubts.keys()
        self.doubtful = [
            bool(self.spans or each in doubted or len(one.places) > 1 or one.flags & {"cumulative", UNCLEAR_FLAG})
            for each, one in enumerate(self.layout.amounts)
        ]
        self.kinds_apart = 0
        self.differing_given: dict[tuple[str, str], str] = {}

    def make(self) -> tuple[list[Line], list[Finding]]:
        """All lines and findings of the table."""
        for place, (number, row) in enumerate(self.table.sheet.lines):
            self._row(place, number, [*row, *[""] * (self.longest - len(row))])
        if self.kinds_apart:
            self.found.append(_kinds_apart(self.layout, self.kinds_apart))
        for (column, value), heading in self.differing_given.items():
            self.found.append(_given_against_heading(column, value, heading))
        return self.lines, self.found

    def _row(self, place: int, number: int, row: Row) -> None:
        cells = dict(zip(self.names, self.cells_of(row), strict=True))
        for name, places in self.twins.items():
            texts = [row[each] for each in places if each < len(row) and row[each]]
            if name in NEVER_ABOVE:
                cells[name] = " | ".join(dict.fromkeys(texts))
                continue
            cells[name] = texts[0] if texts else ""
            if any(not same_value(name, texts[0], text, self.table.reference) for text in texts[1:]):
                self.found.append(_twice(number, name, texts))
        if len(row) > self.layout.width and any(row[self.layout.width :]):
            self.found.append(too_many(number, row[self.layout.width :]))
        if self.has_ditto:
            self.found += self.above.fill(place, number, cells)
        self._amounts(number, row, cells)

    def _amounts(self, number: int, row: Row, cells: Cells) -> None:
        wide = len(self.layout.amounts) > 1
        filled = [
            (each, one, text)
            for each, one in enumerate(self.layout.amounts)
            if (text := first_filled(row, one.places)) or not wide
        ]
        for each, one, text in filled:
            self._line(number, row, dict(cells), each, one, text)
        if not filled:
            common = {c: v for c, v in self.layout.amounts[0].said.items() if c not in self.splitting}
            self._finish(number, None, {**common, **cells, AMOUNT: ""}, self.table.units.amounts[0], {})

    def _line(self, number: int, row: Row, cells: Cells, each: int, one: Amounts, text: str) -> None:
        heading = one.heading if self.is_wide else None
        for column, value in one.said.items():
            own = cells.get(column, "")
            if column not in self.layout.identity or column in self.splitting:
                cells[column] = value
            if own and not same_value(column, own, value, self.table.reference):
                self._against_heading(column, own, one.heading, number, heading)
        cells[AMOUNT] = text
        if self.doubtful[each]:
            for code, message, fate in self._doubts(number, row, each, one, text):
                self.found.append(Finding(code, number, AMOUNT, text, message, fate=fate, heading=heading))
        self._finish(number, heading, cells, self.table.units.amounts[each], one.said)

    def _doubts(self, number: int, row: Row, each: int, one: Amounts, text: str) -> Iterator[tuple[str, str, Fate]]:
        """What the column of an amount, or its place, makes doubtful of it: code, message, fate."""
        texts = [filled for place in one.places if (filled := first_filled(row, (place,)))]
        if len(texts) > 1:
            told = (
                f"Two columns are both headed as amounts, and say {_listed(texts)}. Keep one, or say what each holds."
            )
            yield "heading_twice", told, "quarantined"
        if doubt := self.table.units.doubts.get(each):
            yield doubt.code, doubt.message, doubt.fate
        if "cumulative" in one.flags:
            yield "cumulative", f"'{one.heading}' calls its figures cumulative. Say what falls in each year.", "held"
        if UNCLEAR_FLAG in one.flags:
            told = f"'{one.heading}' may hold what other columns hold too. Say in the heading what it counts."
            yield "amount_columns_unclear", told, "quarantined"
        if text and (span := self.spans.get((number, each))):
            told = f"The amount stands in a merged cell over {span}. Say what belongs to each."
            yield "amount_merged", told, "quarantined"

    def _against_heading(self, column: str, own: str, typed: str, number: int, heading: str | None) -> None:
        """A cell that differs from what its heading says: a generic `Savings` over income is only remarked on."""
        if column == "kind" and column not in self.splitting:
            self.kinds_apart += 1
            return
        message = f"The cell says '{own}', but the amount stands under '{typed}'. Say which is right."
        self.found.append(Finding("heading_conflicts", number, column, own, message, fate="held", heading=heading))

    def _finish(self, number: int, heading: str | None, cells: Cells, unit: str, said: Mapping[str, str]) -> None:
        filled: tuple[str, ...] = ()
        if self.table.given:
            apart = {c: v for c, v in self.table.given.items() if c in said and c not in self.layout.identity}
            for column, value in apart.items():
                if not same_value(column, said[column], value, self.table.reference):
                    self.differing_given[column, value] = heading or self.layout.headings[AMOUNT]
            given = {c: v for c, v in self.table.given.items() if c not in apart}
            filled, found = fill_given(cells, number, given, self.table.reference)
            self.found += found if not self.lines or self.lines[-1].row != number else []
        self.lines.append(Line(number, heading, cells, unit, filled))


def _splitting(amounts: Sequence[Amounts]) -> frozenset[str]:
    """The columns in which the headings of several columns of amounts differ."""
    names = {column for one in amounts for column in one.said}
    return frozenset(name for name in names if len({one.said.get(name) for one in amounts}) > 1)


def too_many(number: int, beyond: Sequence[str]) -> Finding:
    """The finding on a row with filled cells beyond the last heading."""
    named = " | ".join(filter(None, beyond))[:200]
    return Finding("too_many_cells", number, None, named, TOO_MANY, fate="quarantined")


def _twice(number: int, column: str, texts: Sequence[str]) -> Finding:
    said = _listed(texts)
    message = f"Two columns are both headed {column}, and say {said}. Keep one of them."
    return Finding("heading_twice", number, column, said, message, fate="quarantined")


def _listed(texts: Sequence[str]) -> str:
    return " and ".join(f"'{text}'" for text in dict.fromkeys(texts) if text)


def _kinds_apart(layout: Layout, count: int) -> Finding:
    heading = layout.headings[AMOUNT]
    message = f"{count} lines name a kind other than their heading '{heading}' does; the cell was taken."
    return Finding("heading_conflicts", None, heading, heading, message)


def _given_against_heading(column: str, value: str, heading: str) -> Finding:
    message = f"{column} was given as '{value}', but the heading '{heading}' says otherwise; the heading goes before."
    return Finding("given_conflicts", None, heading, heading, message, value)
