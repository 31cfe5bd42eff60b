"""When amounts are parts of a whole, which parts there are, and what share each is."""

from dataclasses import dataclass, replace
from decimal import Decimal

from dashboard.charts.grid import Place, grid_of, places_of
from dashboard.charts.rows import Row, in_full, label_of
from dashboard.measures import Measure
from dashboard.style import number_in_full
from dashboard.table import Setting, Table

MOST_PARTS = 4
SHARE = "share"


@dataclass(frozen=True)
class Part:
    """One part of one bar: what it is called, its amount (None: not known), and the row that reports it."""

    place: Place
    measure: Measure
    row: Row

    @property
    def amount(self) -> Decimal | None:
        """The amount, exact."""
        return self.row[self.measure.id]


@dataclass(frozen=True)
class Bar:
    """One whole and its parts in order. `last` is what was not stated: it stands at the end, set apart."""

    label: str
    parts: tuple[Part, ...]
    last: bool = False

    @property
    def total(self) -> Decimal:
        """The sum of the known parts."""
        return sum((part.amount for part in self.parts if part.amount is not None), start=Decimal(0))

    def share(self, part: Part) -> Decimal | None:
        """The part in percent of the whole; None where either is not known, or the whole is nothing."""
        return None if part.amount is None or not self.total else part.amount / self.total * 100


def why_not(table: Table) -> str:
    """Why the amounts of a table may not be drawn as parts of a whole; empty if they may."""
    single = next((measure for measure in table.measures if not measure.adds_up), None)
    if single:
        return f"{single.label} does not add up over its parts."
    if len({(measure.stage, measure.kinds, measure.unit) for measure in table.measures}) > 1:
        return "Amounts of different stages, kinds or units are never added to a whole."
    values = [(row, measure, row[measure.id]) for row in table.rows for measure in table.measures]
    below = next(((row, measure) for row, measure, value in values if value is not None and value < 0), None)
    if below:
        row, measure = below
        return f"{label_of(table, row)} is below zero ({in_full(measure, row[measure.id])})."
    number = len(kinds_of_parts(table))
    return f"There are {number} parts; at most {MOST_PARTS} can be told apart." if number > MOST_PARTS else ""


def kinds_of_parts(table: Table) -> tuple[Place, ...]:
    """The parts that a bar may have: the measures where there are several, else the values of the last dimension."""
    if len(table.measures) > 1 or not table.by:
        return tuple(Place(measure.id, measure.label, False) for measure in table.measures)
    return places_of(table, table.by[-1], (row[table.by[-1].id] for row in table.rows))


def bars_of(table: Table, setting: Setting) -> list[Bar]:
    """The bars in order, each with the parts that it reports."""
    measure, kinds = table.measures[0], kinds_of_parts(table)
    if len(table.measures) > 1 or not table.by:
        by_measure = list(zip(kinds, table.measures, strict=True))
        return [_bar_of_measures(table, row, by_measure) for row in table.rows]
    if len(table.by) == 1:
        rows = {row[table.by[0].id]: row for row in table.rows}
        return [Bar(measure.label, tuple(Part(kind, measure, rows[kind.code]) for kind in kinds))]
    grid = grid_of(table, setting)
    return [
        Bar(place.label, tuple(Part(kind, measure, row) for kind, row in grid.along(place)), place.last)
        for place in grid.rows
        if grid.along(place)
    ]


def _bar_of_measures(table: Table, row: Row, by_measure: list[tuple[Place, Measure]]) -> Bar:
    label = label_of(table, row) if table.by else "In all"
    return Bar(label, tuple(Part(kind, measure, row) for kind, measure in by_measure))


def with_shares(table: Table) -> Table:
    """The table with each row's share of its whole in words, where its amounts are parts of one."""
    if why_not(table) or len(table.measures) > 1 or not table.by:
        return table
    bars = bars_of(table, Setting())
    shares = {id(part.row): bar.share(part) for bar in bars for part in bar.parts}
    rows = tuple({**row, SHARE: exact_share(shares[id(row)])} for row in table.rows)
    whole = f" within its {table.by[0].label.lower()}" if len(table.by) > 1 else " of the total"
    return replace(table, rows=rows, details=(*table.details, (SHARE, f"Share{whole}")))


def exact_share(share: Decimal | None) -> str:
    """A share to a tenth of a percent; nothing where there is none."""
    return "" if share is None else number_in_full(share, "percent")


def round_share(share: Decimal | None) -> str:
    """A share as bars show it: a whole percent, never 0% of something or 100% of less than all."""
    if share is None:
        return ""
    percent = round(share)
    if percent == 0 and share:
        return "under 1%"
    return "over 99%" if percent == 100 and share != 100 else f"{percent}%"
