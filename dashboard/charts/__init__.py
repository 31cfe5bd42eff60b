"""The few kinds of chart: each draws a table as a Plotly figure, a plain dictionary, and says it in words."""

from typing import Any, Protocol

from dashboard.table import Setting, Table, Words


class Chart(Protocol):
    """A kind of chart. Words are plain text, not escaped; text inside a drawing is escaped for Plotly."""

    def draw(self, table: Table, setting: Setting) -> dict[str, Any] | None:
        """The figure as {"data": [...], "layout": {...}}; None if there is nothing to draw."""

    def describe(self, table: Table, setting: Setting) -> Words:
        """The message and the text alternative, from the same rows."""
