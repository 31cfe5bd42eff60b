"""Data quality: what became of every line, and why."""

from dashboard.charts.listing import Listing
from dashboard.dimensions import OBSERVATION, STAGE, STANDING
from dashboard.figure import Figure, Topic
from dashboard.measures import AMOUNT_STATED

DATA_QUALITY = Topic(
    id="data-quality",
    title="Data quality",
    question="What became of every line, and why?",
    figures=(
        Figure(
            id="lines-and-their-standing",
            title="Every line with an amount, its standing and the reason",
            question="Which lines count, which do not, and why?",
            measures=(AMOUNT_STATED,),
            by=(STANDING, STAGE, OBSERVATION),
            chart=Listing(),
            details=(
                ("years", "Benefit years"),
                ("basis", "Basis"),
                ("why", "Why it does not count"),
                ("source_title", "Source"),
                ("file", "File"),
                ("row", "Row"),
            ),
            follows_stage=False,
        ),
    ),
)
