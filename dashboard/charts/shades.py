"""Amounts in five steps from light to dark: where they part, which colours they have, and what is legible on them."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from dashboard.charts.frame import on_axis
from dashboard.measures import Measure
from dashboard.style import CLEAR, palette

MOST = 5
ROUND = (1, 2, 5)
RAMPS = {
    "efficiency_saving": (
        ("#DCEBF8", "#A9CDEE", "#6BACE6", "#2073BC", "#12436D"),
        ("#1F3448", "#2C5478", "#2073BC", "#6BACE6", "#CFE4F7"),
    ),
    "income_generation": (
        ("#FDE6D8", "#FBC3A0", "#F68B54", "#B84A12", "#6E2808"),
        ("#3A2416", "#6E3413", "#A8400F", "#F68B54", "#FCD9C4"),
    ),
    "": (
        ("#E6E6E6", "#C8C8C8", "#A0A0A0", "#636363", "#303030"),
        ("#2B333B", "#46505A", "#636E79", "#A9B1B9", "#E0E3E6"),
    ),
}
"""By kind, for the light and the dark theme: from the least to the most, which stands out most from the page."""
INKS = (("#1D2733", "#FFFFFF"), ("#FFFFFF", "#11161C"))
INKS_CHANGE = 3
AWAY, TOWARDS, SEEN = 0.45, 0.2, 80
"""How far stripes are from their colour, from or to that of the text, and the least that is seen of 3 × 255."""


@dataclass(frozen=True)
class Step:
    """Amounts above `over` up to and including `upto`; None is no bound. `place` is its colour's in the ramp."""

    over: Decimal | None
    upto: Decimal | None
    place: int

    def words(self, measure: Measure) -> str:
        """The step as the legend says it: `£50k to £100k`."""
        low, high = (None if end is None else on_axis(measure, float(end)) for end in (self.over, self.upto))
        if low and high:
            return f"{low} to {high}"
        return f"Up to {high}" if high else f"Over {low}" if low else "Above zero"


def ramp(kind: str | None, dark: bool) -> tuple[str, ...]:
    """The five colours of a kind, from the least to the most."""
    return RAMPS.get(kind or "", RAMPS[""])[dark]


def ink_on(place: int, dark: bool) -> str:
    """The colour of text on a colour of a ramp."""
    return INKS[dark][place >= INKS_CHANGE]


def stripe_on(place: int, kind: str | None, dark: bool) -> str:
    """The stripes of a hatched colour: away from the colour of its text, or a little towards it if that is not seen."""
    away = 0 if ink_on(place, dark) == "#FFFFFF" else 255
    colour = ramp(kind, dark)[place]
    parts = [int(colour[at : at + 2], 16) for at in (1, 3, 5)]
    seen = sum(abs(away - part) for part in parts) * AWAY >= SEEN
    end, share = (away, AWAY) if seen else (255 - away, TOWARDS)
    return "#" + "".join(f"{round(part + (end - part) * share):02X}" for part in parts)


def steps_of(values: Iterable[Decimal]) -> list[Step]:
    """At most five steps that each hold an amount above zero, parted at round amounts (1, 2 or 5 times a ten)."""
    amounts = sorted(value for value in values if value > 0)
    bounds: list[Decimal] = []
    for part in range(1, MOST if amounts else 1):
        start = bisect_right(amounts, bounds[-1]) if bounds else 0
        near = _round_near(amounts[(len(amounts) * part - 1) // MOST])
        fits = [bound for bound in near if amounts[start] <= bound < amounts[-1]]
        bounds += fits[:1]
    ends: list[Decimal | None] = [None, *bounds, None] if amounts else []
    number = len(ends) - 1
    return [Step(ends[at], ends[at + 1], _spread(at, number)) for at in range(number)]


def step_of(value: Decimal, steps: list[Step]) -> Step:
    """The step that holds an amount above zero."""
    return next(step for step in steps if step.upto is None or value <= step.upto)


def marker_of_step(step: Step, measure: Measure, dark: bool) -> dict[str, Any]:
    """How a cell of a step is filled: solid, hatched where projected, a frame where only identified."""
    colour, edge = ramp(measure.kind, dark)[step.place], {"color": palette(dark).card, "width": 2}
    if measure.stage == "identified":
        return {"color": CLEAR, "line": {"color": colour, "width": 4}}
    if measure.stage != "projected":
        return {"color": colour, "line": edge}
    stripe = stripe_on(step.place, measure.kind, dark)
    hatch = {"shape": "/", "fillmode": "replace", "bgcolor": colour, "fgcolor": stripe}
    return {"color": colour, "line": edge, "pattern": hatch | {"size": 7, "solidity": 0.3}}


def ink_of_step(step: Step, measure: Measure, dark: bool) -> str:
    """The colour of a value written on a cell of a step."""
    return palette(dark).ink if measure.stage == "identified" else ink_on(step.place, dark)


def _round_near(value: Decimal) -> list[Decimal]:
    """The round amounts below and above a value, the nearer in proportion first."""
    tens = Decimal(10) ** value.adjusted()
    round_ones = [tens * times for times in (*ROUND, 10)]
    below = max(one for one in round_ones if one <= value)
    above = min(one for one in round_ones if one >= value)
    return sorted({below, above}, key=lambda one: max(one / value, value / one))


def _spread(at: int, number: int) -> int:
    """Where in the ramp a step stands: few steps are spread over all of it, a single one is in between."""
    return round(at * (MOST - 1) / (number - 1)) if number > 1 else MOST // 2
