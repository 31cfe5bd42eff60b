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


def _plain(total: Measure) -> Measure:
    return replace(
        _end(total, "plain", ""),
        label=f"{total.label}, as reported",
        definition=f"'{total.label}' itself, the same beside the ends of every assumption: what the range is around.",
        worded=total.worded,
        method="",
    )


ENDS = [
    _end(TOTALS[noun]["achieved"], which, words)
    for noun in ("savings", "income")
    for which, words in (("low", "least"), ("high", "most"))
]
PLAIN = [_plain(TOTALS[noun]["achieved"]) for noun in ("savings", "income")]
RANGES = {str(plain.kind): (plain, *(end for end in ENDS if end.kind == plain.kind)) for plain in PLAIN}
"""By kind: the total itself, its low end and its high end, as a chart of the range takes them."""
