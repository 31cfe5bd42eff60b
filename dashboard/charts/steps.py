"""Five steps from little to much, of about as many amounts each, that begin at round numbers."""

import re
from collections.abc import Sequence
from decimal import Decimal

from dashboard.charts.rows import in_full, shown
from dashboard.measures import Measure

STEPS = 5
WHOLE = re.compile(r"[.]0(?=[a-z%]|$)")


def starts_of(values: Sequence[Decimal]) -> list[Decimal]:
    """Where each step but the lowest begins, rising: the roundest numbers near the fifths of the values.

    No step is empty; fewer or more alike values than steps make fewer steps. Method: quintiles, each moved by at most
    a twelfth of the values to where a rounder number divides them.
    """
    ordered, starts = sorted(values), []
    for fifth in range(1, STEPS):
        middle, leeway = fifth * len(ordered) // STEPS, len(ordered) // 12
        last = starts[-1] if starts else None
        first = next((place for place, value in enumerate(ordered) if last is None or value >= last), 0)
        low, high = max(first, middle - leeway - 1), min(len(ordered) - 1, middle + leeway)
        if low < high and ordered[low] < ordered[high]:
            starts.append(roundest(ordered[low], ordered[high]))
    return starts


def roundest(above: Decimal, upto: Decimal) -> Decimal:
    """The roundest number above one and not above another: a multiple of the largest 1, 2 or 5 times a power of ten."""
    power = Decimal(10) ** (max(abs(above), abs(upto)).adjusted() + 1)
    while True:
        for times in (Decimal(1), Decimal("0.5"), Decimal("0.2")):
            step = power * times
            found = upto // step * step - (step if upto < 0 and upto % step else 0)
            if found > above:
                return found
        power /= 10


def step_of(value: Decimal, starts: Sequence[Decimal]) -> int:
    """The step of a value, 0 for the lowest."""
    return sum(1 for start in starts if value >= start)


def named_steps(measure: Measure, starts: Sequence[Decimal]) -> list[str]:
    """What the legend says of each step: `under £100k`, `from £100k`."""
    if not starts:
        return ["An amount reported"]
    names = [_short(measure, start) for start in starts]
    return [f"under {names[0]}", *(f"from {name}" for name in names)]


def _short(measure: Measure, start: Decimal) -> str:
    exact = len(start.normalize().as_tuple().digits) <= 2
    return WHOLE.sub("", shown(measure, start)) if exact else in_full(measure, start)
