"""Rates over projects and over pounds: success, delivery, coverage, and how much of a total is well evidenced."""

from dataclasses import replace

from dashboard.measures.measure import OF_PROJECTS, STAGES, Measure
from dashboard.measures.totals import SINGLE_KINDS, SUM, TOTAL, TOTALS

WELL = "evidence_grade = 'sufficient'"
WILSON = "Wilson (1927), score interval, 95%."

SUCCESS_RATE = Measure(
    id="success_rate",
    label="Success rate",
    unit="percent",
    definition=(
        "The share of reporting projects with an achieved outcome above zero, of whatever kind. A project reports if "
        "it has a known amount at any stage in a line that counts. With its 95% Wilson interval."
    ),
    aggregate="count(*) filter (succeeded)",
    over="count(*)",
    rows="amount_gbp is not null",
    grain=("project_no",),
    inner="bool_or(stage = 'achieved' and amount_gbp > 0) as succeeded",
    interval="wilson",
    basis="any",
    adds_up=False,
    refuses="Refuses collections of chosen examples: they were chosen because they succeeded.",
    worded="projects with an achieved outcome above zero",
    method=WILSON,
    examples=False,
)


def _delivery(noun: str) -> Measure:
    achieved = TOTALS[noun]["achieved"]
    return replace(
        achieved,
        id=f"{noun}_delivery_rate",
        label=f"Delivery rate of {noun}",
        unit="percent",
        definition=(
            f"{noun.capitalize()} achieved over {noun} projected, only of projects, kinds and years of benefit that "
            "stand at both stages: a ratio of sums. Amounts without stated years of benefit cannot be matched."
        ),
        source="matched",
        rows=f"stage in ('achieved', 'projected') and kind = '{achieved.kind}' and {TOTAL} and amount_gbp is not null",
        aggregate="sum({pounds}) filter (stage = 'achieved')",
        over="sum({pounds}) filter (stage = 'projected')",
        adds_up=False,
        stage=None,
        basis="matched",
        family=None,
        leaves_out=(*achieved.leaves_out, ("not_matched", "true")),
        refuses=(
            "Refuses a part of the amounts, such as one grade of evidence: the two sides would no longer match. "
            "Refuses collections of chosen examples: a rate over them says nothing of the programme."
        ),
        examples=False,
        worded=f"{noun} achieved over {noun} projected, of the same projects and years",
    )


def _coverage(stage: str) -> Measure:
    return Measure(
        id=f"coverage_{stage}",
        label=f"Coverage at the stage {stage}",
        unit="percent",
        definition=(
            f"The share of the selection's projects that reported at least one known amount {stage}. All projects "
            "with a line that was read are in the base."
        ),
        aggregate=OF_PROJECTS,
        of="projects",
        rows=f"stage = '{stage}' and amount_gbp is not null",
        adds_up=False,
        stage=stage,
        basis="any",
        family="coverage",
        refuses="Refuses to be split by anything of which a project has more than one, such as years.",
        worded=f"projects that reported an amount {stage}",
        whole_projects=True,
    )


def _amounts(total: Measure) -> Measure:
    return replace(
        total,
        id=f"amounts_of_{total.id}",
        label=f"Amounts behind {total.label.lower()}",
        unit="count",
        definition=f"How many outcomes stand behind '{total.label.lower()}': known amounts in lines that count.",
        aggregate="count(distinct line_no)",
        rows=f"{total.rows} and amount_gbp is not null",
        adds_up=False,
        family=f"amounts_of_{total.family}",
        worded=f"amounts behind {total.worded}",
    )


def _well_evidenced(total: Measure, by_count: bool) -> Measure:
    what, many = ("amounts", "count(distinct line_no)") if by_count else ("value", SUM)
    prefix = "well_evidenced_amounts_of" if by_count else "well_evidenced_share_of"
    return replace(
        total,
        id=f"{prefix}_{total.id}",
        label=f"Share of the {what} of {total.label.lower()} with sufficient evidence",
        unit="percent",
        definition=(
            f"The {what} behind '{total.label.lower()}' whose evidence was graded sufficient, as a share of all. What "
            "was not graded is not counted as sufficient."
        ),
        rows=f"{total.rows} and amount_gbp is not null",
        aggregate=f"{many} filter ({WELL})",
        over=many,
        adds_up=False,
        family=f"{prefix}_{total.family}",
        refuses="Refuses to be split by the grade of evidence.",
        worded=f"share of the {what} of {total.worded} with sufficient evidence",
    )


DELIVERY = [_delivery(noun) for noun in ("savings", "income")]
COVERAGE = [_coverage(stage) for stage in STAGES]
AMOUNTS = [_amounts(total) for total in SINGLE_KINDS]
WELL_EVIDENCED = [_well_evidenced(total, by_count) for by_count in (False, True) for total in SINGLE_KINDS]
