"""From identified to achieved: the same projects at each stage, and how many projects have come how far."""

from dashboard.charts.ranking import Ranking
from dashboard.charts.slope import Slope
from dashboard.dimensions import SKILL_AREA, STAGE
from dashboard.figure import Figure, Topic
from dashboard.measures import COVERAGE, DELIVERY, MATCHED, REPORTING_PROJECTS
from dashboard.topics.notes import MAPPED

SAME = "The same projects stand at each stage, so that no line falls or rises because others reported."
OTHER_YEARS = "A stage may cover other years of a project than the next."

STAGES = Topic(
    id="stages",
    title="From identified to achieved",
    question="How much of what was found possible was planned, and how much of that was achieved?",
    figures=(
        Figure(
            id="savings-of-the-same-projects-from-stage-to-stage",
            title="Savings identified, projected and achieved by the same projects, by skill area",
            question="What became of the savings that were identified?",
            measures=tuple(MATCHED["at_every_stage savings"].values()),
            by=(SKILL_AREA,),
            chart=Slope(),
            notes=(SAME, OTHER_YEARS, MAPPED),
            shown="returns",
            follows_stage=False,
        ),
        Figure(
            id="savings-projected-and-achieved-by-the-same-projects",
            title="Savings projected and achieved by the same projects, by skill area",
            question="What became of the savings that were projected, whether or not they had been identified before?",
            measures=tuple(MATCHED["at_both_stages savings"].values()),
            by=(SKILL_AREA,),
            chart=Slope(),
            notes=(SAME, OTHER_YEARS, MAPPED),
            shown="returns",
            follows_stage=False,
        ),
        Figure(
            id="income-of-the-same-projects-from-stage-to-stage",
            title="Income identified, projected and achieved by the same projects, by skill area",
            question="What became of the income that was identified?",
            measures=tuple(MATCHED["at_every_stage income"].values()),
            by=(SKILL_AREA,),
            chart=Slope(),
            notes=(SAME, OTHER_YEARS, MAPPED),
            shown="returns",
            follows_stage=False,
        ),
        Figure(
            id="delivery-rate-of-savings-by-skill-area",
            title="Delivery rate of savings, by skill area",
            question="How much of what was projected for a year was achieved in that year?",
            measures=(DELIVERY[0],),
            by=(SKILL_AREA,),
            chart=Ranking(),
            notes=("Only amounts of the same project, kind and years of benefit at both stages.", MAPPED),
            shown="returns",
            follows_stage=False,
        ),
        Figure(
            id="projects-by-stage",
            title="Projects that reported an amount, by stage",
            question="How many projects have reported an amount at each stage?",
            measures=(REPORTING_PROJECTS,),
            by=(STAGE,),
            chart=Ranking(),
            notes=("A project stands under every stage at which it reported an amount.",),
            follows_stage=False,
        ),
        Figure(
            id="coverage-of-each-stage-by-skill-area",
            title="Coverage at each stage, by skill area",
            question="Of all projects of a skill area, how many have reported an amount at each stage?",
            measures=tuple(COVERAGE),
            by=(SKILL_AREA,),
            chart=Ranking(),
            notes=(MAPPED,),
            shown="returns",
            follows_stage=False,
        ),
    ),
)
