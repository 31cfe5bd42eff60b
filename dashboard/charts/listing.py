"""Rows one by one: the page shows the table, the words count the rows and name them."""

from dataclasses import dataclass
from typing import Any

from dashboard.charts.rows import lower_first
from dashboard.charts.words import alternative, nothing, spoken, unknown_note
from dashboard.style import counted
from dashboard.table import Setting, Table, Words


@dataclass(frozen=True)
class Listing:
    """A table that is read, not a picture; `cards` sets its rows one below the other, each with all its facts."""

    cards: bool = False

    def draw(self, table: Table, setting: Setting) -> dict[str, Any] | None:  # noqa: ARG002
        """None: a listing has no picture."""
        return None

    def describe(self, table: Table, setting: Setting) -> Words:
        """How many rows there are, and each of them."""
        if not table.rows:
            return nothing(table, setting)
        noun = lower_first(table.by[-1].label) if table.by else "row"
        headline = f"{counted(len(table.rows), noun)} listed"
        return spoken(headline, alternative(headline, table, unknown_note(table)), setting)
