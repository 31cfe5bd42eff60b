"""What a map of councils says: how many reported, their range, its boundaries, and each council under the pointer."""

from datetime import date, timedelta
from decimal import Decimal
from statistics import median

from dashboard.charts.frame import hover
from dashboard.charts.hexes import Ground
from dashboard.charts.rows import (
    FEWEST_TO_RANK,
    Row,
    base_of,
    drawable,
    in_full,
    known,
    label_of,
    lower_first,
    shown,
    stands_last,
)
from dashboard.charts.words import amounts, joined
from dashboard.dimensions import COUNCIL_TODAY, COUNCIL_TYPE
from dashboard.measures import Measure
from dashboard.style import counted
from dashboard.table import Setting, Table


def measure_of(table: Table) -> Measure:
    """The measure that the map shows: the first of which anything is known."""
    return next(measure for measure in drawable(table) if known(table, measure))


def is_partner(row: Row, measure: Measure) -> bool:
    """Whether a council is a partner in a joint project whose pounds are not apportioned, and has no amount else."""
    return row[measure.id] is None and measure.id in row.get("unapportioned", ())


def headline(table: Table, setting: Setting) -> str:
    """How many councils reported what in all, their range and the middle one: nobody is put first."""
    measure = measure_of(table)
    values = [row[measure.id] for row in known(table, measure) if not stands_last(table, row)]
    rest = [row for row in known(table, measure) if stands_last(table, row)]
    apart = "".join(f"; {shown(measure, row[measure.id])} under “{label_of(table, row)}”" for row in rest)
    if not values:
        return f"No {lower_first(measure.label)} of a single council{apart}"
    if setting.examples:
        return f"{_in_all(table, measure, values)} in these examples{apart}"
    low, high = shown(measure, min(values)), shown(measure, max(values))
    reach = f": from {low} to {high}" if low != high else f": {low} each" if len(values) > 1 else ""
    half = f", median {shown(measure, median(values))}" if len(values) >= FEWEST_TO_RANK else ""
    return f"{_in_all(table, measure, values)}{reach}{half}{apart}"


def _in_all(table: Table, measure: Measure, values: list[Decimal]) -> str:
    today = table.by[0] == COUNCIL_TODAY
    councils = f"{len(values):,} of today's councils" if today else counted(len(values), "council")
    if not measure.adds_up:
        return f"{measure.label}, {councils}"
    sum_of = amounts(table, measure, sum(values, start=Decimal(0)))
    return f"{councils}, or those before them, reported {sum_of}" if today else f"{councils} reported {sum_of}"


def bounds(ground: Ground) -> str:
    """At which boundaries the councils are drawn; empty where none has a place."""
    if ground.since is None:
        return ""
    if ground.until is None:
        return f"Boundaries since {_day(ground.since)}."
    return f"Boundaries of {_day(ground.since)} to {_day(ground.until - timedelta(days=1))}."


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def notes(table: Table, ground: Ground) -> list[str]:
    """What else the map shows: its boundaries, who stands beside it, who is a partner without an amount."""
    measure, rows = measure_of(table), {str(row[table.by[0].id]): row for row in table.rows}
    beside = [
        f"{block.heading}, drawn beside England: {joined([label_of(table, rows[code]) for code in named])}."
        for block in ground.blocks
        if (named := [code for code in block.cells if code in rows])
    ]
    partners = [label_of(table, row) for row in table.rows if is_partner(row, measure)]
    shared = [f"Partners in joint projects that are not apportioned: {joined(partners)}."] if partners else []
    return [bounds(ground), *beside, *shared]


def pointed_at(table: Table, measure: Measure, code: str, row: Row | None) -> str:
    """Name, amount or why there is none, base, region and type, as Plotly text."""
    place = table.places.get(code)
    where = [place.region, dict(COUNCIL_TYPE.labels).get(place.council_type, "")] if place else []
    if row is not None and row[measure.id] is not None:
        amount = in_full(measure, row[measure.id])
    else:
        amount = "joint, not apportioned" if row is not None and is_partner(row, measure) else "none reported"
    base = base_of(row) if row is not None and row[measure.id] is not None else ""
    lines = [f"{measure.label}: {amount}", base, ", ".join(filter(None, where))]
    return hover(table.label(table.by[0], code), *filter(None, lines))
