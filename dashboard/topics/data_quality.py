"""Data quality: what became of every line, and why."""

from dashboard.charts.listing import Listing
from dashboard.charts.ranking import Ranking
from dashboard.dimensions import OBSERVATION, SKILL_AREA, STAGE, STANDING
from dashboard.figure import Figure, Topic
from dashboard.measures import AMOUNT_STATED, PROJECTS, REPORTING_PROJECTS
from dashboard.topics.notes import MAPPED

LINES_AND_THEIR_STANDING = Figure(
    id="lines-and-their-standing",
    title="Every line with an amount, its standing and the reason",
    question="Which lines count, which do not, and why?",
    measures=(AMOUNT_STATED,),
    by=(STANDING, STAGE, OBSERVATION),
    chart=Listing(tally="standing"),
    details=(
        ("years", "Benefit years"),
        ("basis", "Basis"),
        ("why", "Why it does not count"),
        ("source_title", "Source"),
        ("file", "File"),
        ("row", "Row"),
    ),
    follows_stage=False,
)

DATA_QUALITY = Topic(
    id="data-quality",
    title="Data quality",
    question="What became of every line, and why?",
    figures=(
        LINES_AND_THEIR_STANDING,
        Figure(
            id="projects-by-skill-area",
            title="Projects, by skill area",
            question="How many projects are there, and how many of them reported an amount?",
            measures=(PROJECTS, REPORTING_PROJECTS),
            by=(SKILL_AREA,),
            chart=Ranking(),
            notes=(MAPPED,),
            follows_stage=False,
        ),
    ),
)
