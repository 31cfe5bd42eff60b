"""The 95% interval of a value: its ends in a row, in words, and drawn as a thin line with feet."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from dashboard.charts.rows import Row, in_full
from dashboard.measures import Measure

Ends = tuple[Decimal, Decimal]


def ends_of(row: Row, measure: Measure) -> Ends | None:
    """The ends of the interval of a measure in a row; None where it has none, or too few projects for one."""
    low, high = (row.get(f"{measure.id}_{end}") for end in ("low", "high"))
    return None if not measure.interval or low is None or high is None else (low, high)


def interval_words(measure: Measure, ends: Ends | None) -> str:
    """`95% interval £48,000 to £385,000`; nothing where there is none."""
    return f"95% interval {in_full(measure, ends[0])} to {in_full(measure, ends[1])}" if ends else ""


def whiskers(values: Sequence[float], places: Sequence[float], ends: Sequence[Ends], colour: str) -> list[Any]:
    """A thin line with feet from end to end of each interval; no trace where there is none."""
    trace = {
        "type": "scatter",
        "mode": "markers",
        "x": list(values),
        "y": list(places),
        "marker": {"size": 0.1, "opacity": 0},
        "error_x": {
            "type": "data",
            "symmetric": False,
            "array": [float(high) - value for value, (_, high) in zip(values, ends, strict=True)],
            "arrayminus": [value - float(low) for value, (low, _) in zip(values, ends, strict=True)],
            "color": colour,
            "thickness": 1.5,
            "width": 3,
        },
        "cliponaxis": False,
        "hoverinfo": "skip",
        "showlegend": False,
    }
    return [trace] if ends else []
