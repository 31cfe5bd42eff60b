"""The profile of one council: what it reported, its projects, its years, and where it stands in its group."""

from dashboard.charts.listing import Listing
from dashboard.charts.tiles import Tiles
from dashboard.dimensions import PROJECT
from dashboard.figure import Figure, Topic
from dashboard.measures import INCOME_ACHIEVED, SAVINGS_ACHIEVED, SAVINGS_IDENTIFIED, SAVINGS_PROJECTED, SHARES_OF_POWER
from dashboard.topics.councils import JOINT, SAVINGS_BY_COUNCIL
from dashboard.topics.data_quality import LINES_AND_THEIR_STANDING
from dashboard.topics.notes import BESIDE
from dashboard.topics.overview import HEADLINE_SAVINGS, SAVINGS_AND_INCOME_BY_YEAR

COUNCIL_PROFILE = Topic(
    id="council",
    title="A council",
    question="What has this council reported?",
    figures=(
        HEADLINE_SAVINGS,
        Figure(
            id="projects-and-their-amounts",
            title="Every project and what it reported",
            question="What has each project achieved, projected and identified?",
            measures=(SAVINGS_ACHIEVED, SAVINGS_PROJECTED, SAVINGS_IDENTIFIED, INCOME_ACHIEVED),
            by=(PROJECT,),
            chart=Listing(),
            notes=(BESIDE, JOINT),
            follows_stage=False,
        ),
        LINES_AND_THEIR_STANDING,
        SAVINGS_AND_INCOME_BY_YEAR,
        SAVINGS_BY_COUNCIL,
        Figure(
            id="savings-against-spending-power",
            title="Savings against core spending power",
            question="How large is what was reported beside what the council may spend?",
            measures=(SHARES_OF_POWER[0],),
            chart=Tiles(),
            notes=("Core spending power is that of one year, 2015-16; the savings may lie in any.",),
            shown="returns",
        ),
    ),
)
"""Shown in place of the topic of councils where a reader chose one of them."""
IN_GROUP = (SAVINGS_BY_COUNCIL,)
"""Figures that show the council among those of its type and region."""
