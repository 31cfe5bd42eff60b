"""Three measures that are never one: what is new in a year, what continues in it, and what has come together."""

from dataclasses import replace

from dashboard.measures.measure import NOUNS, Measure, of_kinds
from dashboard.measures.totals import SINGLE_KINDS, TOTAL_REFUSES

IN_YEAR_OUT = (
    ("basis_unclear", "basis = 'unclear'"),
    ("year_not_stated", "first_year is null"),
    ("year_not_stated", "first_year <> last_year and basis <> 'per_year'"),
)
UNCLEAR_OUT = (*IN_YEAR_OUT, ("recurrence_unclear", "basis <> 'per_year' and recurrence = 'unclear'"))
ONE_EXAMPLE = (
    "£1 million a year for four years is £1 million new, £1 million in each year, and £4 million up to the fourth."
)


def _in_year(total: Measure, what: str, label: str, definition: str, rows: str, pounds: str, rest: str) -> Measure:
    noun = next(noun for noun in NOUNS if total.id == f"{noun}_{total.stage}")
    return replace(
        total,
        id=f"{what}_{total.id}",
        label=label,
        definition=f"{definition} {ONE_EXAMPLE}",
        rows=f"{of_kinds(noun, total.stage or '')} and basis <> 'unclear' and financial_year is not null{rows}",
        pounds=pounds,
        basis=f"in_year_{what}",
        family=f"{what}_{total.family}",
        leaves_out=UNCLEAR_OUT if "new_gbp" in rows else IN_YEAR_OUT,
        rest=rest,
        refuses=TOTAL_REFUSES + " Refuses amounts whose basis is unclear, and amounts without a year.",
        worded=label[0].lower() + label[1:],
    )


def _new(total: Measure) -> Measure:
    return _in_year(
        total,
        "new",
        f"New {total.label.lower()}, in the year",
        f"Pounds of '{total.label.lower()}' that are new in the year in which they fall: one-off amounts, the first "
        "year of an amount a year, and of a recurring amount what exceeds the year before of the same project, kind "
        "and stage.",
        " and new_gbp is not null",
        "new_gbp",
        "continuing",
    )


def _continuing(total: Measure) -> Measure:
    return _in_year(
        total,
        "continuing",
        f"Continuing {total.label.lower()}, in the year",
        f"Pounds of '{total.label.lower()}' that recur in the year in which they fall, having begun in an earlier one.",
        " and new_gbp is not null",
        "amount_gbp - new_gbp",
        "new_in_year",
    )


def _cumulative(total: Measure) -> Measure:
    cumulative = _in_year(
        total,
        "cumulative",
        f"Cumulative {total.label.lower()}",
        f"All pounds of '{total.label.lower()}' that fall in the years asked for, whether new or continuing; by "
        "financial year, those of the year and of all years before it.",
        "",
        "amount_gbp",
        "outside_filters",
    )
    return replace(cumulative, source="up_to_year", adds_up=False)


NEW = [_new(total) for total in SINGLE_KINDS]
CONTINUING = [_continuing(total) for total in SINGLE_KINDS]
CUMULATIVE = [_cumulative(total) for total in SINGLE_KINDS]
