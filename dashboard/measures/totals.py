"""Totals of one stage: as reported, strictly net or gross, attributed, and at present value."""

from dataclasses import replace

from dashboard.measures.measure import KINDS_OF, NOUNS, STAGE_MEANINGS, STAGES, Measure, kind_words, of_kinds

TOTAL = "basis <> 'per_year'"
TOTAL_REFUSES = (
    "Refuses to add two stages, savings to income, per-year amounts to totals, and amounts at no clear stage."
)
GREEN_BOOK = "HM Treasury, The Green Book: 3.5% a year, the social time preference rate, on real terms."
DISCOUNT_RATE = "0.035"
SUM = "sum({pounds})"


def _total(noun: str, stage: str) -> Measure:
    together = "Savings and income together, as the name says. " if len(KINDS_OF[noun]) > 1 else ""
    return Measure(
        id=f"{noun}_{stage}",
        label=f"{NOUNS[noun].capitalize()} {stage}",
        unit="GBP",
        definition=(
            f"Sum in pounds of the amounts that councils reported as {stage} ({STAGE_MEANINGS[stage]}), "
            f"{kind_words(noun)}, as reported: gross, net and not stated together, in cash terms. {together}"
            "A saving that recurs counts in each year for which it was reported."
        ),
        aggregate=SUM,
        rows=f"{of_kinds(noun, stage)} and {TOTAL}",
        stage=stage,
        kinds=KINDS_OF[noun],
        family=noun,
        leaves_out=(("basis_per_year", "basis = 'per_year'"),),
        refuses=TOTAL_REFUSES if len(KINDS_OF[noun]) == 1 else TOTAL_REFUSES.replace(" savings to income,", ""),
        worded=f"{'efficiency savings' if noun == 'savings' else NOUNS[noun]} {stage}",
    )


def _strict(total: Measure, net: str) -> Measure:
    return replace(
        total,
        id=f"{net}_{total.id}",
        label=f"{net.capitalize()} {total.label.lower()}",
        definition=(
            f"As '{total.label.lower()}', but only amounts that their return calls {net}. "
            "What does not say whether it is net or gross is left out, and counted as such."
        ),
        rows=f"{total.rows} and net_or_gross = '{net}'",
        net=net,
        family=f"{net}_{total.family}",
        leaves_out=(*total.leaves_out, (f"not_{net}", f"net_or_gross <> '{net}'")),
        refuses=f"{total.refuses} Refuses to add gross to net.",
        worded=f"{net} {total.worded}",
    )


def _attributed(total: Measure) -> Measure:
    return replace(
        total,
        id=f"attributed_{total.id}",
        label=f"{total.label} that the programme may claim",
        definition=(
            f"As '{total.label.lower()}', times the share that the return puts down to the project's support. "
            "Only where that share is known: a share that is not stated is unknown, not 100%."
        ),
        rows=f"{total.rows} and attribution_share is not null",
        pounds="amount_gbp * attribution_share * 0.01",
        family=f"attributed_{total.family}",
        leaves_out=(*total.leaves_out, ("share_unknown", "attribution_share is null")),
        rest="not_attributed",
        worded=f"{total.worded} that the programme may claim",
        method="National Audit Office: claim only the share that is yours.",
    )


def _present_value(total: Measure) -> Measure:
    return replace(
        total,
        id=f"present_value_{total.id}",
        label=f"Present value of {total.label.lower()}",
        definition=(
            f"As '{total.label.lower()}', in the prices of a base year that the reader chooses, discounted to that "
            "year at 3.5% a year; amounts of years before it are carried forward at the same rate. Amounts without a "
            "year have no present value and are left out."
        ),
        prices="present_value",
        family=f"present_value_{total.family}",
        refuses=f"{total.refuses} Refuses to be given without a base year for prices.",
        worded=f"present value of {total.worded}",
        method=GREEN_BOOK,
    )


TOTALS = {noun: {stage: _total(noun, stage) for stage in STAGES} for noun in KINDS_OF}
SINGLE_KINDS = [total for noun in ("savings", "income") for total in TOTALS[noun].values()]
STRICT = [_strict(total, net) for net in ("net", "gross") for total in SINGLE_KINDS]
ATTRIBUTED = [_attributed(total) for total in SINGLE_KINDS]
PRESENT_VALUES = [_present_value(total) for total in SINGLE_KINDS]
