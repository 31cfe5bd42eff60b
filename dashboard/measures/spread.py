"""How the amounts of projects spread: median with its interval, quartiles, mean, and the share of the largest."""

from dataclasses import replace
from math import comb

from dashboard.measures.measure import Measure
from dashboard.measures.totals import SINGLE_KINDS, TOTALS

EXACT_UP_TO = 100
"""Up to so many projects the ranks of the interval are the exact binomial ones; above, the normal approximation."""
OF_EXAMPLES = "Refuses collections of chosen examples: an average of examples says nothing of the programme."
PROJECT_GBP = "sum({pounds})::decimal(18, 4) as project_gbp"
"""Four places, so that halves and quarters of a penny between two projects are not cut."""


def rank_of_low(projects: int) -> int:
    """The rank, from 1, of the ordered value at which a 95% interval of the median begins; 0 where there is none.

    The interval from this rank to the same from the end covers the median with a chance of at least 95%, whatever
    the distribution. Source: Conover, Practical Nonparametric Statistics, on the order statistics of a quantile.
    """
    chance, rank = 0, 0
    while rank <= projects // 2:
        chance += comb(projects, rank)
        if chance * 40 > 2**projects:
            return rank
        rank += 1
    return rank


RANKS = "[" + ", ".join(str(rank_of_low(projects)) for projects in range(1, EXACT_UP_TO + 1)) + "]"
LOW_RANK = (
    f"case when count(project_gbp) <= {EXACT_UP_TO} then {RANKS}[count(project_gbp)] "
    "else floor((count(project_gbp) - 1.96 * sqrt(count(project_gbp))) / 2)::bigint end"
)


def _of_projects(total: Measure, what: str, label: str, unit: str, aggregate: str, definition: str) -> Measure:
    return replace(
        total,
        id=f"{what}_{total.id}",
        label=label,
        unit=unit,
        definition=f"{definition} Over projects that reported a known amount at this stage; by project, all its years.",
        aggregate=aggregate,
        grain=("project_no",),
        inner=PROJECT_GBP,
        adds_up=False,
        family=f"{what}_{total.family}",
        refuses=OF_EXAMPLES,
        worded=label[0].lower() + label[1:],
        examples=False,
    )


def _words(total: Measure) -> tuple[str, str]:
    return ("saving" if total.family == "savings" else "income"), str(total.stage)


def _median(total: Measure) -> Measure:
    noun, stage = _words(total)
    measure = _of_projects(
        total,
        "median",
        f"Median {noun} {stage} a project",
        "GBP",
        "median(project_gbp)",
        f"The middle project's {noun} {stage}: half of the projects reported less. Its 95% interval is from the order "
        "of the amounts alone; under six projects there is none.",
    )
    return replace(
        measure,
        interval="ranks",
        method="Order statistics: Conover, Practical Nonparametric Statistics, confidence interval for a quantile.",
    )


def _quartile(total: Measure, which: str, part: str) -> Measure:
    noun, stage = _words(total)
    words = "a quarter" if which == "lower" else "three quarters"
    return replace(
        _of_projects(
            total,
            f"{which}_quartile",
            f"{which.capitalize()} quartile of {noun} {stage} a project",
            "GBP",
            f"quantile_cont(project_gbp, {part})",
            f"The amount of {noun} {stage} below which {words} of the projects lie, interpolated between two projects.",
        ),
        method="Hyndman and Fan (1996), type 7.",
    )


def _mean(total: Measure) -> Measure:
    noun, stage = _words(total)
    measure = _of_projects(
        total,
        "mean",
        f"Mean {noun} {stage} a project",
        "GBP",
        "sum(project_gbp)",
        f"The sum of {noun} {stage} divided by the projects that reported it. A few large projects carry it: see the "
        "median beside it.",
    )
    return replace(measure, over="count(project_gbp)")


def _largest(total: Measure) -> Measure:
    noun, stage = _words(total)
    measure = _of_projects(
        total,
        "largest_share_of",
        f"Share of the largest project in {total.label.lower()}",
        "percent",
        "max(project_gbp)",
        f"The largest project's {noun} {stage} as a share of the sum over all projects.",
    )
    return replace(measure, over="sum(project_gbp)", examples=True, refuses="")


MEDIANS = [_median(total) for total in SINGLE_KINDS]
QUARTILES = [
    _quartile(total, which, part) for which, part in (("lower", "0.25"), ("upper", "0.75")) for total in SINGLE_KINDS
]
MEANS = [_mean(total) for total in SINGLE_KINDS]
LARGEST = [_largest(total) for total in SINGLE_KINDS]
MEDIAN_SAVING = {str(measure.stage): measure for measure in MEDIANS[: len(TOTALS["savings"])]}
