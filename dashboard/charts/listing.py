"""Rows one by one: the page shows the table, the words count the rows and name them."""

from dataclasses import dataclass
from typing import Any

from dashboard.charts.rows import known, label_of, lower_first, shown
from dashboard.charts.words import alternative, nothing, spoken, unknown_note
from dashboard.style import counted
from dashboard.table import Setting, Table, Words


@dataclass(frozen=True)
class Listing:
    """A table that is read, not a picture; `cards` sets its rows one below the other, each with all its facts.

    With `leading` its message is the row that has most of the first measure.
    """

    cards: bool = False
    leading: bool = False

    def draw(self, table: Table, setting: Setting) -> dict[str, Any] | None:  # noqa: ARG002
        """None: a listing has no picture."""
        return None

    def describe(self, table: Table, setting: Setting) -> Words:
        """How many rows there are, and each of them."""
        if not table.rows:
            return nothing(table, setting)
        noun = lower_first(table.by[-1].label) if table.by else "row"
        headline = self._message(table) or f"{counted(len(table.rows), noun)} listed"
        return spoken(headline, alternative(headline, table, unknown_note(table)), setting)

    def _message(self, table: Table) -> str | None:
        measure = table.measures[0]
        rows = known(table, measure) if self.leading else []
        if not rows:
            return None
        most = max(rows, key=lambda row: row[measure.id])
        return f"{label_of(table, most)} has the highest {measure.worded}: {shown(measure, most[measure.id])}"
