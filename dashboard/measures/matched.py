"""Pounds at each stage of the same projects, so that no total rises or falls because others reported."""

from dataclasses import replace

from dashboard.measures.measure import EVERY_STAGE, KIND_LABELS, MATCHED_STAGES, Measure
from dashboard.measures.totals import TOTALS


def _of_the_same_projects(total: Measure, source: str) -> Measure:
    prefix = "matched" if MATCHED_STAGES[source] == EVERY_STAGE else "paired"
    stages = " and ".join([", ".join(MATCHED_STAGES[source][:-1]), MATCHED_STAGES[source][-1]])
    who = "of projects that report all three stages" if prefix == "matched" else "of projects that report both stages"
    kind = KIND_LABELS[str(total.kind)].lower()
    return replace(
        total,
        id=f"{prefix}_{total.id}",
        label=f"{total.label}, {who}",
        definition=(
            f"'{total.label}', only of projects that report every one of the stages {stages}: a project is in if it "
            f"has, of kind {kind}, at least one known amount at each of them in lines that count and are no amounts a "
            "year. Nought is a known amount. All amounts of such a project at the stage are added, whatever their "
            "years and also without: stages are phased differently, so a stage may cover other years than the next."
        ),
        source=source,
        rows=f"{total.rows} and amount_gbp is not null",
        family=f"{prefix}_{total.family}",
        leaves_out=(*total.leaves_out, ("not_at_every_stage", "true")),
        refuses=(
            f"{total.refuses} Refuses a part of a project's amounts, such as one year or one grade of evidence, and "
            "the prices of a year: the stages would no longer match. Refuses collections of chosen examples."
        ),
        worded=f"{total.worded} by projects that report {'all three stages' if prefix == 'matched' else 'both stages'}",
        examples=False,
    )


MATCHED = {
    f"{source} {noun}": {stage: _of_the_same_projects(TOTALS[noun][stage], source) for stage in reversed(stages)}
    for source, stages in MATCHED_STAGES.items()
    for noun in ("savings", "income")
}
"""By source and noun, then by stage, the earliest first."""
