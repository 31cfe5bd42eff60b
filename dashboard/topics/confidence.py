"""How sure are we: how far assumptions move a total, how well it is evidenced, and who has reported."""

from dashboard.charts.parts import Parts
from dashboard.charts.ranking import Ranking
from dashboard.charts.tornado import Tornado
from dashboard.charts.trend import Trend
from dashboard.dimensions import ASSUMPTION, CASHABILITY, EVIDENCE_GRADE, GRANT_YEAR, SKILL_AREA
from dashboard.figure import Figure, Topic
from dashboard.measures import COVERAGE, RANGES, SAVINGS_ACHIEVED, WELL_EVIDENCED
from dashboard.topics.notes import MAPPED

NO_MARGIN = "The range is no margin of error: it follows from assumptions that are declared, and ours."

CONFIDENCE = Topic(
    id="confidence",
    title="How sure are we",
    question="How sure can we be of what was reported?",
    figures=(
        Figure(
            id="range-of-savings-achieved",
            title="How far each assumption moves the savings achieved",
            question="Between what may the savings achieved lie, and which assumption moves them most?",
            measures=RANGES["efficiency_saving"],
            by=(ASSUMPTION,),
            chart=Tornado(),
            notes=(NO_MARGIN,),
            shown="returns",
            follows_stage=False,
        ),
        Figure(
            id="range-of-income-achieved",
            title="How far each assumption moves the income achieved",
            question="Between what may the income achieved lie, and which assumption moves it most?",
            measures=RANGES["income_generation"],
            by=(ASSUMPTION,),
            chart=Tornado(),
            notes=(NO_MARGIN,),
            shown="returns",
            follows_stage=False,
        ),
        Figure(
            id="evidence-behind-savings",
            title="The evidence behind savings",
            question="How much of what was saved is well evidenced?",
            measures=(SAVINGS_ACHIEVED,),
            by=(EVIDENCE_GRADE,),
            chart=Parts(),
            notes=("A grade says how well an amount is shown, not how large it is; not graded does not mean weak.",),
        ),
        Figure(
            id="cashability-of-savings",
            title="Savings that release cash, and savings that do not",
            question="How much of what was saved can be taken out of a budget?",
            measures=(SAVINGS_ACHIEVED,),
            by=(CASHABILITY,),
            chart=Parts(),
            notes=("Where a return does not say whether a saving releases cash, it is unclear, and never guessed.",),
        ),
        Figure(
            id="well-evidenced-share-by-skill-area",
            title="Share of savings with sufficient evidence, by skill area",
            question="How much of the savings of each skill area is well evidenced?",
            measures=(WELL_EVIDENCED[0],),
            by=(SKILL_AREA,),
            chart=Ranking(),
            notes=("What was not graded is not counted as sufficient.", MAPPED),
        ),
        Figure(
            id="coverage-by-grant-year",
            title="Coverage, by year of the grant",
            question="Of the projects of each year, how many have reported an amount?",
            measures=(COVERAGE[0],),
            by=(GRANT_YEAR,),
            chart=Trend(),
            notes=("Later projects have had less time to report.",),
            shown="returns",
        ),
    ),
)
