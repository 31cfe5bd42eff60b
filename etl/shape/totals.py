"""Totals below and above lines: the unlabelled found by their arithmetic, the printed compared with their lines."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from etl.shape.fills import NEVER_ABOVE
from etl.shape.layout import Layout
from etl.shape.pence import first_filled, in_pounds, pence_of, rounding_of
from etl.shape.records import Finding, Reason
from etl.shape.rows import Mark, Sorted
from etl.values.words import word_key

TOTALS = ("total", "subtotal")
BOUNDS = (*TOTALS, "band")
FEWEST_LINES = 2
SURELY_ROUNDED = 100
MAY_BE_LABELS = (*NEVER_ABOVE, "project_title")


@dataclass
class Sums:
    """The sum of each column of amounts over some lines, and how many of them have an amount there."""

    pence: list[int]
    known: list[int]
    lines: int = 0

    def add(self, amounts: Sequence[int | None]) -> None:
        """Adds the amounts of one line."""
        self.lines += 1
        for place, amount in enumerate(amounts):
            if amount is not None:
                self.pence[place] += amount
                self.known[place] += 1


@dataclass
class _Walk:
    """What has been passed on the way down a table."""

    group: Sums
    everything: Sums
    lines: list[tuple[int, list[str]]] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    groups: int = 0


def settle_totals(sheet: Sorted, layout: Layout, units: Sequence[str], given: bool) -> tuple[Sorted, list[Finding]]:
    """Takes unlabelled totals out of the lines, and compares every total with the lines that it covers.

    `units` are those of the columns of amounts. `given` says that statements name the council, so that a titled row
    without one is a line.
    """
    reader = _Reader(layout, units, given)
    if not any(mark.reason in TOTALS for mark in sheet.marks) and not any(map(reader.nameless, sheet.lines)):
        return sheet, []
    items = _in_order(sheet)
    walk = _Walk(reader.nothing(), reader.nothing())
    for place, item in enumerate(items):
        if isinstance(item, Mark):
            _pass_mark(walk, item, items, place, reader)
        else:
            _pass_line(walk, item, items, place, reader)
    return Sorted(walk.lines, walk.marks), walk.findings


class _Reader:
    """Reads the amounts of rows of one table."""

    def __init__(self, layout: Layout, units: Sequence[str], given: bool) -> None:
        self.columns = tuple((amounts.places, unit) for amounts, unit in zip(layout.amounts, units, strict=True))
        self.layout = layout
        free = NEVER_ABOVE if given or not {"project_ref", "lead_council"} & layout.identity.keys() else MAY_BE_LABELS
        named = (places for name, places in layout.identity.items() if name not in free and not name.endswith("_gbp"))
        self.names = tuple(place for places in named for place in places)

    def nothing(self) -> Sums:
        """Sums of no lines."""
        return Sums([0] * len(self.columns), [0] * len(self.columns))

    def nameless(self, line: tuple[int, list[str]]) -> bool:
        """Has a line an amount, but nothing that says whose it is?"""
        row = line[1]
        if any(place < len(row) and row[place] for place in self.names):
            return False
        return any(first_filled(row, places) for places, _ in self.columns)

    def amounts(self, row: list[str]) -> list[int | None]:
        """The pence of each column of amounts."""
        return [pence_of(first_filled(row, places), unit) for places, unit in self.columns]

    def matches(self, row: list[str], sums: Sums, fewest: int) -> bool:
        """Do all amounts of a row equal the sums, to the penny or to the rounding of the row?"""
        if max(sums.known, default=0) < fewest:
            return False
        compared = 0
        for number, amount in enumerate(self.amounts(row)):
            text = first_filled(row, self.columns[number][0])
            if amount is None:
                if text:
                    return False
                continue
            compared += 1
            gap = abs(amount - sums.pence[number])
            allowed = self.rounding(number, text, sums)
            if gap > allowed or (gap and fewest > 1 and abs(amount) < SURELY_ROUNDED * allowed):
                return False
        return compared > 0

    def rounding(self, number: int, text: str, sums: Sums) -> int:
        """How far a total may be from a sum: a unit of its last digit, unless both are in whole pounds."""
        step = rounding_of(text, self.columns[number][1])
        whole = self.columns[number][1] == "£" and (step == 0 or sums.pence[number] % step == 0)
        return 0 if whole else step

    def keys(self, row: list[str]) -> set[str]:
        """The words of a row in the columns that name things."""
        texts = (
            place for name, places in self.layout.identity.items() for place in places if not name.endswith("_gbp")
        )
        return {word_key(row[place]) for place in texts if place < len(row) and row[place]}


Item = Mark | tuple[int, list[str]]


def _in_order(sheet: Sorted) -> list[Item]:
    items: list[Item] = []
    done = 0
    for mark in sheet.marks:
        items += sheet.lines[done : mark.place]
        items.append(mark)
        done = mark.place
    return items + sheet.lines[done:]


def _pass_line(walk: _Walk, line: tuple[int, list[str]], items: Sequence[Item], place: int, reader: _Reader) -> None:
    number, row = line
    if reader.nameless(line):
        reason = _reason_of(walk, row, items, place, reader)
        if reason:
            walk.marks.append(Mark(len(walk.lines), number, reason, row))
            _close(walk, reader)
            return
    amounts = reader.amounts(row)
    walk.group.add(amounts)
    walk.everything.add(amounts)
    walk.lines.append(line)


def _reason_of(walk: _Walk, row: list[str], items: Sequence[Item], place: int, reader: _Reader) -> Reason | None:
    """Why a row without a name is a total: it equals the lines since the last one, all lines, or those after it."""
    if reader.matches(row, walk.everything, FEWEST_LINES):
        return "total"
    if reader.matches(row, walk.group, FEWEST_LINES):
        return "subtotal"
    if walk.group.lines == 0 and reader.matches(row, _ahead(items, place, reader), FEWEST_LINES):
        return "total" if walk.everything.lines == 0 else "subtotal"
    return None


def _pass_mark(walk: _Walk, mark: Mark, items: Sequence[Item], place: int, reader: _Reader) -> None:
    if mark.reason in TOTALS:
        _compare(walk, mark, items, place, reader)
    walk.marks.append(Mark(len(walk.lines), mark.row, mark.reason, mark.cells))
    if mark.reason in BOUNDS:
        _close(walk, reader)


def _close(walk: _Walk, reader: _Reader) -> None:
    walk.groups += walk.group.lines > 0
    walk.group = reader.nothing()


def _ahead(items: Sequence[Item], place: int, reader: _Reader) -> Sums:
    """The sums of the lines after a place, up to the next total or band."""
    sums = reader.nothing()
    for item in items[place + 1 :]:
        if isinstance(item, Mark):
            if item.reason in BOUNDS:
                break
        else:
            sums.add(reader.amounts(item[1]))
    return sums


def _compare(walk: _Walk, mark: Mark, items: Sequence[Item], place: int, reader: _Reader) -> None:
    """A printed total that equals none of the lines it may cover is a finding, with the gap to the likeliest."""
    choices = [walk.group, walk.everything]
    if any(reader.matches(mark.cells, sums, 1) for sums in choices):
        return
    named = _named(walk.lines, mark, reader)
    choices += [named] + ([_ahead(items, place, reader)] if not walk.group.lines else [])
    if any(reader.matches(mark.cells, sums, 1) for sums in choices[2:]):
        return
    whole = mark.reason == "total" and (walk.groups == 0 or "grand" in mark.found.lower())
    likeliest = walk.everything if whole or not walk.group.lines else walk.group
    likeliest = named if named.lines else likeliest if likeliest.lines else choices[-1]
    amounts = reader.amounts(mark.cells)
    for number, amount in enumerate(amounts):
        text = first_filled(mark.cells, reader.columns[number][0])
        gap = 0 if amount is None else amount - likeliest.pence[number]
        if abs(gap) > reader.rounding(number, text, likeliest) and likeliest.lines:
            walk.findings.append(_differs(mark, text, amount or 0, likeliest, number, reader))


def _named(lines: Sequence[tuple[int, list[str]]], mark: Mark, reader: _Reader) -> Sums:
    """The sums of the lines that share a name with a total, as `Lambeth total` does with those of Lambeth."""
    labels = {word_key(cell) for cell in mark.cells if cell}
    names = labels | {label.removesuffix(" total").removeprefix("total ").removeprefix("for ") for label in labels}
    sums = reader.nothing()
    for _, row in lines:
        if names & reader.keys(row):
            sums.add(reader.amounts(row))
    return sums


def _differs(mark: Mark, text: str, amount: int, sums: Sums, number: int, reader: _Reader) -> Finding:
    layout = reader.layout
    heading = layout.amounts[number].heading if layout.is_wide else None
    under = f" under '{heading}'" if heading else ""
    unknown = sums.lines - sums.known[number]
    told = f" {unknown} of them have no readable amount." if unknown else ""
    message = (
        f"The total{under} says {in_pounds(amount)}, but the {sums.lines} lines that it covers come to "
        f"{in_pounds(sums.pence[number])}: a gap of {in_pounds(abs(amount - sums.pence[number]))}.{told}"
    )
    return Finding("total_differs", mark.row, "amount_gbp", text, message)
