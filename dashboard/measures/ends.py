"""The ends of the range of what was achieved, off by default and beside the plain figure: see `dashboard.sureness`."""

from dataclasses import replace

from dashboard.measures.measure import Measure
from dashboard.measures.totals import TOTALS


def _end(total: Measure, which: str, words: str) -> Measure:
    return replace(
        total,
        id=f"{which}_{total.id}",
        label=f"{which.capitalize()} end of {total.label.lower()}",
        definition=(
            f"The least and most that '{total.label.lower()}' may be worth under four declared assumptions (evidence, "
            f"attribution, persistence, non-response), here the {words}. By assumption: each alone, the one that moves "
            "the total most first; then all together."
        ),
        source="assumptions",
        aggregate="",
        adds_up=False,
        basis="range",
        family=None,
        refuses="Refuses collections of chosen examples, and any split but by assumption: a range is no amount.",
        worded=f"{which} end of {total.worded}",
        method="Interval arithmetic over declared bounds; the bounds are ours, see the table of assumptions.",
        examples=False,
    )


ENDS = [
    _end(TOTALS[noun]["achieved"], which, words)
    for noun in ("savings", "income")
    for which, words in (("low", "least"), ("high", "most"))
]
