"""Overview: the headline numbers with their base, and where and when they fall."""

from dashboard.charts.ranking import Ranking
from dashboard.charts.spread import Spread
from dashboard.charts.tiles import Tiles
from dashboard.charts.trend import Trend
from dashboard.dimensions import FINANCIAL_YEAR, KIND, OBSERVATION, SKILL_AREA, STAGE, STANDING
from dashboard.figure import Figure, Topic
from dashboard.measures import (
    AMOUNT_STATED,
    INCOME_ACHIEVED,
    INCOME_IDENTIFIED,
    INCOME_PROJECTED,
    SAVINGS_ACHIEVED,
    SAVINGS_IDENTIFIED,
    SAVINGS_PROJECTED,
)
from dashboard.topics.notes import BESIDE, MAPPED, NOT_PHASED

HEADLINE_SAVINGS = Figure(
    id="headline-savings",
    title="Savings at each stage",
    question="How much efficiency saving have councils reported, at each stage?",
    measures=(SAVINGS_ACHIEVED, SAVINGS_PROJECTED, SAVINGS_IDENTIFIED),
    chart=Tiles(),
    notes=(BESIDE,),
    follows_stage=False,
)
HEADLINE_INCOME = Figure(
    id="headline-income",
    title="Income at each stage",
    question="How much new income have councils reported, at each stage?",
    measures=(INCOME_ACHIEVED, INCOME_PROJECTED, INCOME_IDENTIFIED),
    chart=Tiles(),
    notes=(BESIDE,),
    follows_stage=False,
)
SAVINGS_AND_INCOME_BY_YEAR = Figure(
    id="savings-and-income-by-year",
    title="Savings and income, by financial year",
    question="In which years do the benefits fall?",
    measures=(SAVINGS_ACHIEVED, INCOME_ACHIEVED),
    by=(FINANCIAL_YEAR,),
    chart=Trend(),
    notes=(NOT_PHASED,),
)

OVERVIEW = Topic(
    id="overview",
    title="Overview",
    question="What have councils reported, and how far has it come?",
    figures=(
        HEADLINE_SAVINGS,
        HEADLINE_INCOME,
        Figure(
            id="observations-by-stage",
            title="Every amount that was published, by stage",
            question="Which amounts are known, and at which stage does each stand?",
            measures=(AMOUNT_STATED,),
            by=(STAGE, KIND, STANDING, OBSERVATION),
            chart=Spread(),
            shown="examples",
            follows_stage=False,
            notes=("A hollow mark with a question mark is held: a person must decide before it counts.",),
        ),
        SAVINGS_AND_INCOME_BY_YEAR,
        Figure(
            id="savings-by-skill-area",
            title="Savings, by skill area",
            question="In which skill areas have councils reported the most?",
            measures=(SAVINGS_ACHIEVED,),
            by=(SKILL_AREA,),
            chart=Ranking(),
            notes=(MAPPED,),
        ),
    ),
)
