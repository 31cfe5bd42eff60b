"""Numbers on their own: the page draws the tiles, the words give each value with its base."""

from dataclasses import dataclass
from typing import Any

from dashboard.charts.rows import measures_known
from dashboard.charts.words import alternative, amounts, joined, nothing, spoken
from dashboard.table import Setting, Table, Words


@dataclass(frozen=True)
class Tiles:
    """One tile a measure."""

    def draw(self, table: Table, setting: Setting) -> dict[str, Any] | None:  # noqa: ARG002
        """None: tiles are drawn by the page."""
        return None

    def describe(self, table: Table, setting: Setting) -> Words:
        """Each measure with its value in full and the base behind it."""
        measures = measures_known(table)
        if not measures:
            return nothing(table, setting)
        if len(table.rows) == 1:
            row = table.rows[0]
            parts = [amounts(table, measure, row[measure.id]) for measure in measures]
        else:
            adding = [measure for measure in measures if measure.adds_up]
            parts = [amounts(table, measure, table.total(measure)) for measure in adding]
        headline = f"Councils reported {joined(parts)}" if parts else joined([m.label for m in measures])
        return spoken(headline, alternative("Numbers", table), setting)
