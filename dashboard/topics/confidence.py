"""How sure are we: how far assumptions move a total, how well it is evidenced, and who has reported."""

from dashboard.charts.ranking import Ranking
from dashboard.charts.tornado import Tornado
from dashboard.charts.trend import Trend
from dashboard.dimensions import ASSUMPTION, GRANT_YEAR, SKILL_AREA
from dashboard.figure import Figure, Topic
from dashboard.measures import COVERAGE, RANGES, WELL_EVIDENCED

NO_MARGIN = "The range is no margin of error: it follows from assumptions that are declared, and ours."
MAPPED = "Skill areas are mapped from the label that each source used."

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
        ),
    ),
)
