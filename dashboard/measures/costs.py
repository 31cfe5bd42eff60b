"""What the support cost against what came of it: net of cost, per £1, and as a share of what councils may spend."""

from dataclasses import replace

from dashboard.measures.measure import Measure
from dashboard.measures.totals import SINGLE_KINDS, TOTALS

BOTH_KINDS = list(TOTALS["savings_and_income"].values())
COSTS = "any_value(grant_gbp) as grant_gbp, any_value(council_cost_gbp) as council_cost_gbp"
GRANT_OUT = ("grant_unknown", "project_no in (select project_no from projects where coalesce(grant_gbp, 0) = 0)")
COST_OUT = (
    "cost_unknown",
    "project_no in (select project_no from projects where grant_gbp is null or council_cost_gbp is null)",
)
POWER_OUT = (
    "spending_power_unknown",
    "council in (select council from councils where core_spending_power_gbp is null)",
)
WHOLE = "Refuses a part of a project, such as one year: the cost belongs to the whole of it."


MEDIAN_COST = Measure(
    id="median_cost",
    label="Median cost of a project",
    unit="GBP",
    definition=(
        "The middle project's grant and council's cost together, in cash terms, over projects of which both are known, "
        "whether or not they reported an amount."
    ),
    aggregate="median(project_gbp)",
    source="projects",
    rows="grant_gbp + council_cost_gbp is not null",
    grain=("project_no",),
    inner="sum(grant_gbp + council_cost_gbp)::decimal(18, 4) as project_gbp",
    adds_up=False,
    refuses="Refuses collections of chosen examples, and any part of a project, such as one year.",
    worded="median cost of a project",
    whole_projects=True,
    examples=False,
)


def _against(total: Measure, what: str, label: str, unit: str, definition: str, known: str, out: tuple) -> Measure:
    return replace(
        total,
        id=f"{total.id}_{what}",
        label=label,
        unit=unit,
        definition=definition,
        source="costed",
        rows=f"{total.rows} and amount_gbp is not null and {known}",
        grain=("project_no", "council"),
        inner=f"sum({{pounds}}) as benefit_gbp, {COSTS}",
        aggregate="sum(benefit_gbp)",
        adds_up=False,
        family=what,
        leaves_out=(*total.leaves_out, out),
        whole_projects=True,
        refuses=f"{total.refuses} {WHOLE}",
        worded=label[0].lower() + label[1:],
    )


def _per_grant(total: Measure) -> Measure:
    measure = _against(
        total,
        "per_pound_of_grant",
        f"{total.label} per £1 of grant",
        "pounds_per_pound",
        f"'{total.label}' divided by the grants of the same projects, where both are known, as a ratio of sums. "
        "The council's own cost is not in it.",
        "grant_gbp > 0",
        GRANT_OUT,
    )
    return replace(measure, over="sum(grant_gbp)", family="savings_and_income_per_pound_of_grant")


def _per_cost(total: Measure) -> Measure:
    measure = _against(
        total,
        "per_pound_of_cost",
        f"{total.label} per £1 of total cost",
        "pounds_per_pound",
        f"'{total.label}' divided by grant and council's cost together, of the same projects: only projects of which "
        "all three are known, as a ratio of sums.",
        "grant_gbp + council_cost_gbp > 0",
        COST_OUT,
    )
    return replace(measure, over="sum(grant_gbp + council_cost_gbp)", family="savings_and_income_per_pound_of_cost")


def _net_of_cost(total: Measure) -> Measure:
    measure = _against(
        total,
        "net_of_cost",
        f"{total.label}, net of cost",
        "GBP",
        f"Gross '{total.label.lower()}' less the grant and the council's cost of the same projects. Only amounts that "
        "their return calls gross, of projects whose grant and cost are both known: from a net amount the cost would "
        "be taken twice.",
        "net_or_gross = 'gross' and grant_gbp + council_cost_gbp is not null",
        ("not_gross", "net_or_gross <> 'gross'"),
    )
    return replace(
        measure,
        aggregate="sum(benefit_gbp - grant_gbp - council_cost_gbp)",
        net="net_of_cost",
        family="savings_and_income_net_of_cost",
        leaves_out=(*measure.leaves_out, COST_OUT),
    )


def _share_of_power(total: Measure) -> Measure:
    return replace(
        total,
        id=f"{total.id}_share_of_spending_power",
        label=f"{total.label} as a share of spending power",
        unit="percent",
        definition=(
            f"'{total.label}' of the years asked for, as a share of what the same councils could spend in one year: "
            "their core spending power of 2015-16, each council once. Councils without a published figure "
            "are left out of both sides."
        ),
        source="powered",
        rows=f"{total.rows} and amount_gbp is not null and core_spending_power_gbp > 0",
        grain=("council",),
        inner="sum({pounds}) as benefit_gbp, any_value(core_spending_power_gbp) as core_spending_power_gbp",
        aggregate="sum(benefit_gbp)",
        over="sum(core_spending_power_gbp)",
        adds_up=False,
        family=f"{total.family}_share_of_spending_power",
        leaves_out=(*total.leaves_out, POWER_OUT),
        worded=f"{total.worded} as a share of spending power",
        method="MHCLG, core spending power, final settlement 2015-16.",
    )


PER_GRANT = [_per_grant(total) for total in BOTH_KINDS]
PER_COST = [_per_cost(total) for total in BOTH_KINDS]
NET_OF_COST = [_net_of_cost(total) for total in BOTH_KINDS]
SHARES_OF_POWER = [_share_of_power(total) for total in SINGLE_KINDS]
