"""Savings as parts of a whole: the evidence behind them, and whether they are cash in hand."""

from dashboard.charts.parts import Parts
from dashboard.dimensions import CASHABILITY, EVIDENCE_GRADE
from dashboard.figure import Figure
from dashboard.measures import SAVINGS_ACHIEVED

EVIDENCE_BEHIND_SAVINGS = Figure(
    id="evidence-behind-savings",
    title="The evidence behind savings",
    question="How much of what was saved is well evidenced?",
    measures=(SAVINGS_ACHIEVED,),
    by=(EVIDENCE_GRADE,),
    chart=Parts(),
    notes=(
        "A grade says how well an amount is shown, not how large it is. What nobody graded may be shown well or badly.",
    ),
)
CASHABILITY_OF_SAVINGS = Figure(
    id="cashability-of-savings",
    title="Savings that release cash, and savings that do not",
    question="How much of what was saved can be taken out of a budget?",
    measures=(SAVINGS_ACHIEVED,),
    by=(CASHABILITY,),
    chart=Parts(),
    notes=("Where a return does not say whether a saving releases cash, it stands as unclear and is never guessed.",),
)
