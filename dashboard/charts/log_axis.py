"""A log axis for amounts, with a slot at its left for those that cannot stand on one."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, log10
from typing import Any

from dashboard.charts.bands import Mark
from dashboard.charts.frame import SMALL_SIZE, label_axis, on_axis
from dashboard.style import palette
from dashboard.table import Setting


@dataclass(frozen=True)
class Axis:
    """A log axis between powers of ten, with a slot at its left for the `below` amounts of £0 or less."""

    low: float
    high: float
    below: int

    @property
    def start(self) -> float:
        """Where the axis begins, the slot included."""
        return self.low - (2 * self.slot if self.below else 0)

    @property
    def slot(self) -> float:
        """Half the width of the slot."""
        return (self.high - self.low) * 0.09

    def place(self, mark: Mark) -> float:
        """The power of ten at which a mark stands."""
        return log10(mark.amount) if mark.amount > 0 else self.low - self.slot

    def share(self, mark: Mark) -> float:
        """How far along the axis a mark stands, from 0 to 1."""
        return (self.place(mark) - self.start) / (self.high - self.start)


def axis_of(marks: Sequence[Mark]) -> Axis:
    """The axis on which all marks have a place."""
    places = [log10(mark.amount) for mark in marks if mark.amount > 0] or [4.0, 6.0]
    low, high = min(places), max(places)
    edge = max(0.08, (high - low) * 0.03)
    return Axis(low - edge, max(high + edge, low + 1), len(marks) - sum(mark.amount > 0 for mark in marks))


def log_axis(axis: Axis, marks: Sequence[Mark], setting: Setting) -> dict[str, Any]:
    """The axis as Plotly draws it, labelled as a log scale."""
    colours = palette(setting.dark)
    values, labels = _ticks(axis, marks)
    return label_axis(
        values,
        labels,
        type="log",
        range=[axis.start, axis.high],
        ticks="outside",
        tickcolor=colours.quiet,
        tickangle=0,
        showline=True,
        linecolor=colours.quiet,
        tickfont={"size": SMALL_SIZE},
        title={
            "text": _axis_title(axis),
            "font": {"size": SMALL_SIZE, "color": colours.quiet},
            "standoff": 6,
        },
    )


def _axis_title(axis: Axis) -> str:
    whole = floor(axis.high) - ceil(axis.low) >= 1
    return "Log scale (each step × 10)" if whole else "Log scale"


def _ticks(axis: Axis, marks: Sequence[Mark]) -> tuple[list[float], list[str]]:
    """Powers of ten in sight, with 2 and 5 between where there is only one, and the slot's label."""
    powers = range(floor(axis.low), ceil(axis.high) + 1)
    times = (1,) if floor(axis.high) - ceil(axis.low) >= 1 else (1, 2, 5)
    values = [step * 10.0**power for power in powers for step in times]
    start = axis.low + (1.6 * axis.slot if axis.below else 0)
    values = [value for value in values if start <= log10(value) <= axis.high]
    labels = [on_axis(marks[0].measure, value) for value in values]
    if axis.below:
        values.insert(0, 10 ** (axis.low - axis.slot))
        labels.insert(0, f"£0 or<br>less: {axis.below}" if marks[0].measure.unit == "GBP" else f"0: {axis.below}")
    return values, labels
