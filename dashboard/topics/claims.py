"""Claims: published headlines one by one, each against the ledger, and lines of one project that disagree."""

from dashboard.charts.listing import Listing
from dashboard.dimensions import CLAIM, OBSERVATION
from dashboard.figure import Figure, Topic
from dashboard.measures import AMOUNT_CONTRADICTED, CLAIMED

CLAIMS = Topic(
    id="claims",
    title="Claims",
    question="What has been claimed about the programme, and does the ledger bear it out?",
    figures=(
        Figure(
            id="published-claims",
            title="Published claims about the programme, one by one",
            question="What was claimed, by whom, and does the ledger bear it out?",
            measures=(CLAIMED,),
            by=(CLAIM,),
            chart=Listing(cards=True, tally="verdict"),
            details=(
                ("bound", "As worded"),
                ("verdict", "Against the ledger"),
                ("because", "Because"),
                ("ledger_gbp", "In the ledger"),
                ("what_it_counts", "What it counts"),
                ("counted", "Count"),
                ("period", "Period"),
                ("scope", "Of what"),
                ("source_title", "Source"),
                ("source_url", "Address"),
            ),
            shown="claims",
            follows_stage=False,
        ),
        Figure(
            id="claims-that-contradict-each-other",
            title="Claims of single projects that contradict each other",
            question="Where do two lines of one project disagree, and what does each side say?",
            measures=(AMOUNT_CONTRADICTED,),
            by=(OBSERVATION,),
            chart=Listing(cards=True, noun="contradicted line"),
            details=(
                ("project_ref", "Project"),
                ("stage", "Stage"),
                ("basis", "Basis"),
                ("years", "Benefit years"),
                ("why", "What contradicts it"),
                ("source_title", "Source"),
            ),
            notes=("These lines are held, and in no total, until a person decides.",),
            shown="claims",
            follows_stage=False,
        ),
    ),
)
