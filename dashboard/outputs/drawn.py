"""A drawing as Streamlit takes it, sent as the chart made it: checking every property again costs 8 ms a chart."""

from typing import Any

from plotly.basedatatypes import BaseFigure


class Drawn(BaseFigure):
    """A Plotly figure that is nothing but the dict given. The tests have Plotly check what every chart draws."""

    def __init__(self, drawing: dict[str, Any]) -> None:
        self._drawing = drawing

    def to_dict(self) -> dict[str, Any]:
        """The dict given."""
        return self._drawing
