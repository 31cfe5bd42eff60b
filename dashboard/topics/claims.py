"""Claims: the published headlines about the programme, one by one, each with its source and what it counts."""

from dashboard.charts.listing import Listing
from dashboard.dimensions import CLAIM
from dashboard.figure import Figure, Topic
from dashboard.measures import CLAIMED

CLAIMS = Topic(
    id="claims",
    title="Claims",
    question="What has been published about the programme as a whole, and what does each number count?",
    figures=(
        Figure(
            id="published-claims",
            title="Published claims about the programme, one by one",
            question="What was claimed, by whom, and what does it count?",
            measures=(CLAIMED,),
            by=(CLAIM,),
            chart=Listing(cards=True),
            details=(
                ("bound", "As worded"),
                ("verdict", "Against the ledger"),
                ("because", "Because"),
                ("what_it_counts", "What it counts"),
                ("counted", "Count"),
                ("period", "Period"),
                ("scope", "Of what"),
                ("source_title", "Source"),
                ("source_url", "Address"),
            ),
            shown="examples",
            follows_stage=False,
        ),
    ),
)
