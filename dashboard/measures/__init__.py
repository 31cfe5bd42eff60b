"""Every measure once: what it counts, in which unit, and what it refuses to add."""

from dashboard.measures.costs import MEDIAN_COST, NET_OF_COST, PER_COST, PER_GRANT, SHARES_OF_POWER
from dashboard.measures.counts import (
    AMOUNT_CONTRADICTED,
    AMOUNT_STATED,
    CLAIMED,
    COUNCILS,
    COUNTS,
    LISTED,
    PROJECTS,
    REPORTING_PROJECTS,
)
from dashboard.measures.ends import ENDS, PLAIN, RANGES
from dashboard.measures.matched import MATCHED
from dashboard.measures.measure import (
    KIND_LABELS,
    MATCHED_STAGES,
    OF_PROJECTS,
    SCHEDULES,
    SOURCES,
    STAGE_LABELS,
    STAGE_MEANINGS,
    STAGES,
    UNITS,
    Measure,
    UnknownName,
    named,
    quoted,
)
from dashboard.measures.rates import AMOUNTS, COVERAGE, DELIVERY, SUCCESS_RATE, WELL_EVIDENCED
from dashboard.measures.spread import LARGEST, LOW_RANK, MEANS, MEDIAN_SAVING, MEDIANS, QUARTILES
from dashboard.measures.totals import ATTRIBUTED, DISCOUNT_RATE, PRESENT_VALUES, STRICT, TOTALS
from dashboard.measures.years import CONTINUING, CUMULATIVE, NEW

SAVINGS, INCOME = TOTALS["savings"], TOTALS["income"]
SAVINGS_ACHIEVED, SAVINGS_PROJECTED, SAVINGS_IDENTIFIED = (SAVINGS[stage] for stage in STAGES)
INCOME_ACHIEVED, INCOME_PROJECTED, INCOME_IDENTIFIED = (INCOME[stage] for stage in STAGES)

GROUPS: dict[str, list[Measure]] = {
    "Totals of a stage": [total for noun in TOTALS.values() for total in noun.values()],
    "Strictly net or gross": STRICT,
    "The same projects at each stage": [measure for stages in MATCHED.values() for measure in stages.values()],
    "By the year of the benefit": [*NEW, *CONTINUING, *CUMULATIVE],
    "The programme's share": ATTRIBUTED,
    "Present value": PRESENT_VALUES,
    "How projects spread": [*MEDIANS, *QUARTILES, *MEANS, *LARGEST],
    "Against cost and budget": [MEDIAN_COST, *NET_OF_COST, *PER_GRANT, *PER_COST, *SHARES_OF_POWER],
    "Rates": [SUCCESS_RATE, *DELIVERY, *COVERAGE],
    "How sure": [*ENDS, *PLAIN],
    "Evidence": [*AMOUNTS, *WELL_EVIDENCED],
    "Counts": COUNTS,
    "Listed, never added": LISTED,
}
"""The measures in the order in which the pages of the documentation give them."""
MEASURES = {measure.id: measure for group in GROUPS.values() for measure in group}

__all__ = [
    "AMOUNT_CONTRADICTED",
    "AMOUNT_STATED",
    "CLAIMED",
    "COUNCILS",
    "COVERAGE",
    "DELIVERY",
    "DISCOUNT_RATE",
    "ENDS",
    "GROUPS",
    "INCOME",
    "INCOME_ACHIEVED",
    "INCOME_IDENTIFIED",
    "INCOME_PROJECTED",
    "KIND_LABELS",
    "LARGEST",
    "LOW_RANK",
    "MATCHED",
    "MATCHED_STAGES",
    "MEASURES",
    "MEDIAN_COST",
    "MEDIAN_SAVING",
    "OF_PROJECTS",
    "PROJECTS",
    "RANGES",
    "REPORTING_PROJECTS",
    "SAVINGS",
    "SAVINGS_ACHIEVED",
    "SAVINGS_IDENTIFIED",
    "SAVINGS_PROJECTED",
    "SCHEDULES",
    "SOURCES",
    "STAGES",
    "STAGE_LABELS",
    "STAGE_MEANINGS",
    "TOTALS",
    "UNITS",
    "WELL_EVIDENCED",
    "Measure",
    "UnknownName",
    "at_stage",
    "measure_named",
    "named",
    "quoted",
]


def at_stage(measure: Measure, stage: str) -> Measure:
    """The measure of the same family at another stage; without one it stays as it is."""
    if not measure.stage or not measure.family:
        return measure
    alike = (one for one in MEASURES.values() if one.family == measure.family and one.stage == stage)
    return next(alike, measure)


def measure_named(name: str) -> Measure:
    """The declared measure of this id; UnknownName otherwise."""
    return MEASURES[named("measure", name, tuple(MEASURES))]
