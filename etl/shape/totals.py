"""Totals below and above lines: the unlabelled found by their arithmetic, the printed compared with their lines."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from etl.shape.fills import NEVER_ABOVE
from etl.shape.heading_rows import is_number
from etl.shape.layout import Layout
from etl.shape.ledger import Ledger, Sums
from etl.shape.pence import first_filled, in_pounds, pence_of, rounding_of
from etl.shape.records import Finding, Reason
from etl.shape.rows import STRICT_TOTAL, Mark, Sorted
from etl.values.words import word_key

TOTALS = ("total", "subtotal")
BOUNDS = (*TOTALS, "band")
FEWEST_LINES = 2
LOOKED_AT = 200
FULLY_NAMED = 3
SHORTEST_SERIES, LONGEST_SERIES = 3, 60
SURELY_ROUNDED = 100
NAMED_BY = ("lead_council", "skill_area", "project_title", "project_ref", "financial_year", "stage", "kind")
LABELS = ("project_ref", "project_title", "lead_council")
REFERENCE = re.compile(r"(?=.*\d)[\w/.-]+")
MAY_BE_LABELS = (*NEVER_ABOVE, "project_title")


def settle_totals(sheet: Sorted, layout: Layout, units: Sequence[str], given: bool) -> tuple[Sorted, list[Finding]]:
    """Takes unlabelled totals out of the lines, and compares every total with the lines that it covers.

    `units` are those of the columns of amounts. `given` says that statements name the council, so that a titled row
    without one is a line.
    """
    reader = Reader(layout, units, given)
    reader.look_at([row for _, row in sheet.lines[:LOOKED_AT]])
    nameless = {place for place, line in enumerate(sheet.lines) if reader.nameless(line[1])}
    if not nameless and not any(mark.reason in TOTALS for mark in sheet.marks):
        return sheet, []
    ledger = Ledger.of([reader.amounts(row) for _, row in sheet.lines], len(reader.columns))
    found = weigh(sheet.marks, nameless, ledger, lambda place: sheet.lines[place], reader)
    dropped = {place for place, _ in found.totals}
    lines = [line for place, line in enumerate(sheet.lines) if place not in dropped]
    return Sorted(lines, found.marks), found.findings


@dataclass
class Weighed:
    """What a walk down a table found: its marks with new places, the lines that are totals, and findings."""

    marks: list[Mark] = field(default_factory=list)
    totals: list[tuple[int, Reason]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


class Printed(NamedTuple):
    """One amount of a row that may be a total: as text, in pence, its unit, and a unit of its last digit in pence."""

    text: str
    pence: int | None
    unit: str
    step: int

    def allowed(self, pence: int) -> int:
        """How far it may be from a sum: a unit of its last digit, unless both are in whole pounds."""
        whole = self.unit == "£" and (self.step == 0 or pence % self.step == 0)
        return 0 if whole else self.step


def matches(total: Sequence[Printed], sums: Sums, fewest: int) -> bool:
    """Do all amounts of a row equal the sums of so many amounts at least, to the penny or to the row's own rounding?"""
    if max(sums.known, default=0) < fewest:
        return False
    compared = 0
    for printed, pence in zip(total, sums.pence, strict=True):
        if printed.pence is None:
            if printed.text:
                return False
            continue
        compared += 1
        gap = abs(printed.pence - pence)
        if not gap:
            continue
        allowed = printed.allowed(pence)
        if gap > allowed or (fewest > 1 and abs(printed.pence) < SURELY_ROUNDED * allowed):
            return False
    return compared > 0


class Reader:
    """Reads the amounts of rows of one table."""

    def __init__(self, layout: Layout, units: Sequence[str], given: bool) -> None:
        self.columns = tuple((amounts.places, unit) for amounts, unit in zip(layout.amounts, units, strict=True))
        self.layout = layout
        free = NEVER_ABOVE if given or not {"project_ref", "lead_council"} & layout.identity.keys() else MAY_BE_LABELS
        named = (places for name, places in layout.identity.items() if name not in free and not name.endswith("_gbp"))
        self.names = tuple(place for places in named for place in places)
        texts = (places for name, places in layout.identity.items() if not name.endswith("_gbp"))
        self.texts = tuple(place for places in texts for place in places)
        self.named_by = tuple(place for name in NAMED_BY for place in layout.identity.get(name, ()))
        self.fully_named = False

    def look_at(self, rows: Sequence[list[str]]) -> None:
        """Sees whether lines of this table usually fill several columns that name things."""
        filled = sorted(sum(bool(row[place]) for place in self.texts if place < len(row)) for row in rows)
        self.fully_named = bool(filled) and filled[len(filled) // 2] >= FULLY_NAMED

    def nameless(self, row: list[str]) -> bool:
        """Has a line an amount, but nothing, or one text alone where others say more, that says whose it is?"""
        if any(place < len(row) and row[place] for place in self.names):
            filled = [place for place in self.texts if place < len(row) and row[place]]
            if not self.fully_named or len(filled) > 1 or not self._may_be_label(filled[0], row[filled[0]]):
                return False
        return any(first_filled(row, places) for places, _ in self.columns)

    def one_project(self, rows: Iterable[list[str]]) -> set[str]:
        """The references of some rows; a column with no reference gives none."""
        places = self.layout.identity.get("project_ref", ())
        return {first_filled(row, places) for row in rows} - {""}

    def _may_be_label(self, place: int, text: str) -> bool:
        """Could a text alone in its row be the label of a total: a name, and no reference of a project?"""
        labels = {each for name in LABELS for each in self.layout.identity.get(name, ())}
        return place in labels and not REFERENCE.fullmatch(text)

    def amounts(self, row: list[str]) -> list[int | None]:
        """The pence of each column of amounts."""
        return [pence_of(first_filled(row, places), unit) for places, unit in self.columns]

    def printed(self, row: list[str]) -> list[Printed]:
        """The amounts of a row that may be a total."""
        texts = [(first_filled(row, places), unit) for places, unit in self.columns]
        return [Printed(text, pence_of(text, unit), unit, rounding_of(text, unit)) for text, unit in texts]

    def keys(self, row: list[str]) -> set[str]:
        """The words of a row in the columns whose names a total may bear."""
        return {word_key(row[place]) for place in self.named_by if place < len(row) and row[place]}


def weigh(
    marks: Sequence[Mark],
    nameless: set[int],
    ledger: Ledger,
    line_at: Callable[[int], tuple[int, list[str]]],
    reader: Reader,
) -> Weighed:
    """Walks down a table from total to total. `line_at` gives the row number and cells of the line of a place."""
    walk = _Walk(ledger, line_at, reader, marks)
    for mark, place in _in_order(marks, nameless):
        if mark is None:
            walk.pass_nameless(place)
        else:
            walk.pass_mark(mark)
    return walk.found


def _in_order(marks: Sequence[Mark], nameless: set[int]) -> Iterator[tuple[Mark | None, int]]:
    """Marks and nameless lines from the top; a mark stands before the line of its place."""
    events = [(mark.place, 0, number) for number, mark in enumerate(marks)] + [(place, 1, place) for place in nameless]
    for place, sort, number in sorted(events):
        yield (marks[number], place) if sort == 0 else (None, place)


class _Walk:
    """What has been passed on the way down a table; places are those of the lines as they were sorted."""

    def __init__(
        self,
        ledger: Ledger,
        line_at: Callable[[int], tuple[int, list[str]]],
        reader: Reader,
        marks: Sequence[Mark],
    ) -> None:
        self.ledger, self.line_at, self.reader = ledger, line_at, reader
        self.bounds = sorted({mark.place for mark in marks if mark.reason in BOUNDS})
        self.found = Weighed()
        self.start = self.groups = 0
        self.named_until = 0
        self.by_name: dict[str, Sums] = {}
        self.dropped: set[int] = set()

    def pass_nameless(self, place: int) -> None:
        """Takes a line out if it is the total of others."""
        number, row = self.line_at(place)
        reason = self._reason_of(place, self.reader.printed(row))
        if reason is None:
            return
        mark = Mark(place - len(self.dropped), number, reason, row)
        self.found.marks.append(mark)
        self.found.totals.append((place, reason))
        self._close(place)
        self.dropped.add(place)
        self.ledger.drop(place)

    def pass_mark(self, mark: Mark) -> None:
        """Compares a total with its lines, and begins a new group below it or below a band."""
        if mark.reason in TOTALS:
            self._compare(mark)
        moved = Mark(mark.place - len(self.dropped), mark.row, mark.reason, mark.cells) if self.dropped else mark
        self.found.marks.append(moved)
        if mark.reason in BOUNDS:
            self._close(mark.place)

    def _close(self, place: int) -> None:
        self.groups += self.ledger.lines(self.start, place) > 0
        self.start = place

    def _ahead(self, place: int, after: int) -> Sums:
        """The sums of the lines from a place, up to the next total or band after the line of place `after`."""
        following = bisect_right(self.bounds, after)
        return self.ledger.sums(place, self.bounds[following] if following < len(self.bounds) else len(self.ledger))

    def _reason_of(self, place: int, total: list[Printed]) -> Reason | None:
        """Why a row without a name is a total: it equals the lines since the last one, all of them, or those after."""
        group = self.ledger.sums(self.start, place)
        if matches(total, self.ledger.sums(0, place), FEWEST_LINES):
            return "total"
        if matches(total, group, FEWEST_LINES):
            return "subtotal"
        if group.lines == 0 and matches(total, self._ahead(place + 1, place), FEWEST_LINES):
            return "total" if self.ledger.lines(0, place) == 0 else "subtotal"
        return None

    def _compare(self, mark: Mark) -> None:
        """A printed total that equals none of the lines it may cover is a finding, with the gap to the likeliest."""
        total = self.reader.printed(mark.cells)
        group, everything = self.ledger.sums(self.start, mark.place), self.ledger.sums(0, mark.place)
        if matches(total, group, 1) or matches(total, everything, 1):
            return
        named = self._named(mark)
        ahead = None if group.lines else self._ahead(mark.place, mark.place)
        if (named and matches(total, named, 1)) or (ahead and matches(total, ahead, 1)):
            return
        if self._counts_up(mark, total):
            return
        whole = mark.reason == "total" and (self.groups == 0 or "grand" in mark.found.lower())
        likeliest = everything if whole or not group.lines else group
        likeliest = named or (likeliest if likeliest.lines else ahead or likeliest)
        for number, printed in enumerate(total):
            pence = likeliest.pence[number]
            if printed.pence is not None and likeliest.lines and abs(printed.pence - pence) > printed.allowed(pence):
                self.found.findings.append(_differs(mark, printed, likeliest, number, self.reader.layout))

    def _counts_up(self, mark: Mark, total: list[Printed]) -> bool:
        """Holds the lines of one project that rise to what is stated as their total: they may be cumulative."""
        if len(total) != 1 or not SHORTEST_SERIES <= mark.place - self.start <= LONGEST_SERIES:
            return False
        every = range(self.start, mark.place)
        places = [place for place in every if place not in self.dropped] if self.dropped else every
        if len(places) < SHORTEST_SERIES or places[0] != self.start:
            return False
        if self.ledger.sums(places[-1], places[-1] + 1).pence[0] != total[0].pence:
            return False
        amounts = [self.ledger.sums(place, place + 1).pence[0] for place in places]
        if amounts != sorted(amounts):
            return False
        if len(self.reader.one_project(map(self._row, places))) != 1:
            return False
        message = (
            f"The total in row {mark.row}, {in_pounds(amounts[-1])}, is what the last of these lines says, so they may "
            "be cumulative. Say what falls in each year."
        )
        rows = [self.line_at(place)[0] for place in places]
        self.found.findings += [
            Finding("cumulative", row, "amount_gbp", total[0].text, message, fate="held") for row in rows
        ]
        return True

    def _row(self, place: int) -> list[str]:
        return self.line_at(place)[1]

    def _named(self, mark: Mark) -> Sums | None:
        """The sums of the lines above that share a name with a total, as `Lambeth total` does with those of Lambeth."""
        names = _names_of(mark)
        if not names:
            return None
        for place in range(self.named_until, mark.place):
            if place not in self.dropped:
                own = self.ledger.sums(place, place + 1)
                for key in self.reader.keys(self.line_at(place)[1]):
                    self.by_name[key] = self.by_name[key] + own if key in self.by_name else own
        self.named_until = max(self.named_until, mark.place)
        found = [self.by_name[name] for name in sorted(names & self.by_name.keys())]
        return max(found, key=lambda sums: sums.lines, default=None)


def _names_of(mark: Mark) -> set[str]:
    """What a total says it is the total of: `lambeth` of `Lambeth total`; nothing of `Total` or `Grand total`."""
    labels = {word_key(cell) for cell in mark.cells if cell and not is_number(cell)}
    labels |= {label.removesuffix(" total").removeprefix("total ").removeprefix("for ") for label in labels}
    return {label for label in labels if label and not STRICT_TOTAL.fullmatch(label)}


def _differs(mark: Mark, printed: Printed, sums: Sums, number: int, layout: Layout) -> Finding:
    heading = layout.amounts[number].heading if layout.is_wide else None
    under = f" under '{heading}'" if heading else ""
    unknown = sums.lines - sums.known[number]
    told = f" A readable amount is missing in {unknown} of them." if unknown else ""
    pence = printed.pence or 0
    message = (
        f"The total{under} says {in_pounds(pence)}, but the {sums.lines} lines that it covers come to "
        f"{in_pounds(sums.pence[number])}: a gap of {in_pounds(abs(pence - sums.pence[number]))}.{told}"
    )
    return Finding("total_differs", mark.row, "amount_gbp", printed.text, message)
