"""A measure worked out in the open: the lines that it adds, or what is divided by what, from the release at hand."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from dashboard.lineage import lines_behind
from dashboard.measures import MEASURES, Measure
from dashboard.query import query_of
from dashboard.release import Release
from dashboard.selection import Selection
from dashboard.style import counted, number_in_full, pounds

SHOWN = 4
"""Lines that an example names; the others are given together."""


@dataclass(frozen=True)
class Worked:
    """The value of a measure and how it comes about, in steps. `value` is None where nothing is known of it."""

    value: Any
    steps: tuple[str, ...]


def worked(release: Release, measure: Measure, selection: Selection) -> Worked:
    """How a measure's value comes about for a selection. Refused where the measure itself is refused."""
    rows = release.table((measure,), (), selection).rows
    value = rows[0][measure.id] if rows else None
    if value is None:
        return Worked(None, ("Nothing is known of it in this selection.",))
    if measure.over or measure.of:
        return Worked(value, _divided(release, measure, selection, value))
    if measure.adds_up and measure.adds_pounds and not measure.grain:
        return Worked(value, _added(release, measure, selection, value))
    return Worked(value, _counted(release, measure, selection, value))


def _added(release: Release, measure: Measure, selection: Selection, value: Decimal) -> tuple[str, ...]:
    """The largest lines one by one, and all others together."""
    largest = lines_behind(release, measure, selection, SHOWN)
    steps = [
        f"{pounds(one.pounds_gbp)}: {one.place['project_title'] or one.place['project_ref']} "
        f"({one.place['file']}, row {one.place['row']})"
        for one in largest
    ]
    rest = value - sum((one.pounds_gbp or Decimal(0) for one in largest), Decimal(0))
    return (*steps, f"{pounds(rest)}: all other lines together", f"Added: {number_in_full(value, measure.unit)}")


def _divided(release: Release, measure: Measure, selection: Selection, value: Decimal) -> tuple[str, ...]:
    part, whole = parts_of(release, measure, selection)
    times = " times 100" if measure.unit == "percent" else ""
    return (f"{_plain(part)} divided by {_plain(whole)}{times} is {number_in_full(value, measure.unit)}",)


def parts_of(release: Release, measure: Measure, selection: Selection) -> tuple[Decimal, Decimal]:
    """What a ratio divides, and by what."""
    asked = query_of(measure, (), selection, release.factors((measure,), selection))
    ((part, *whole),) = release.rows(asked.sql, asked.values)
    if measure.of:
        whole = [release.table((MEASURES[measure.of],), (), selection).rows[0][measure.of]]
    return Decimal(part or 0), Decimal(whole[0])


def _plain(value: Decimal) -> str:
    return f"{value:,.2f}".removesuffix(".00")


def _counted(release: Release, measure: Measure, selection: Selection, value: Decimal | int) -> tuple[str, ...]:
    """What a count or a place in an order is taken over."""
    base = release.base((measure,), selection)
    behind = f"{counted(base.projects, 'project')} of {base.of_projects:,} reported what it needs"
    return (behind, f"Of these: {number_in_full(value, measure.unit)}")
