"""Rows one by one: the page shows the table, the words count the rows and name them."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from dashboard.charts.rows import known, label_of, lower_first, shown
from dashboard.charts.words import alternative, nothing, spoken, unknown_note
from dashboard.style import counted
from dashboard.table import Setting, Table, Words


@dataclass(frozen=True)
class Listing:
    """A table that is read, not a picture; `cards` sets its rows one below the other, each with all its facts.

    With `leading` its message is the row that has most of the first measure; else it counts the rows. `noun` is what it
    calls a row, where that is not the label of its dimension; `tally` is the detail, or dimension, that it counts by.
    """

    cards: bool = False
    leading: bool = False
    noun: str = ""
    tally: str = ""

    def draw(self, table: Table, setting: Setting) -> dict[str, Any] | None:  # noqa: ARG002
        """None: a listing has no picture."""
        return None

    def describe(self, table: Table, setting: Setting) -> Words:
        """How many rows there are, and each of them."""
        if not table.rows:
            return nothing(table, setting)
        headline = self._message(table) or self._counted(table)
        return spoken(headline, alternative(headline, table, unknown_note(table)), setting)

    def _counted(self, table: Table) -> str:
        noun = self.noun or (lower_first(table.by[-1].label) if table.by else "row")
        told = next((dimension for dimension in table.by if dimension.id == self.tally), None)
        values = [row.get(self.tally) for row in table.rows if self.tally]
        named = [
            lower_first(table.label(told, str(value)).partition(":")[0]) if told else str(value) for value in values
        ]
        found = Counter(named) if told else Counter(sorted(named))
        tallied = ", ".join(f"{number:,} {value.replace('counts', 'in totals')}" for value, number in found.items())
        return f"{counted(len(table.rows), noun)} listed{': ' if tallied else ''}{tallied}"

    def _message(self, table: Table) -> str | None:
        measure = table.measures[0]
        rows = known(table, measure) if self.leading else []
        if not rows:
            return None
        most = max(rows, key=lambda row: row[measure.id])
        return f"{label_of(table, most)} has the highest {measure.worded}: {shown(measure, most[measure.id])}"
