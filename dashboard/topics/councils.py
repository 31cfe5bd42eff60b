"""Councils: what each has reported, joint projects counted once."""

from dashboard.charts.hexmap import Hexmap
from dashboard.charts.listing import Listing
from dashboard.charts.ranking import Ranking
from dashboard.charts.spread import Spread
from dashboard.dimensions import COUNCIL, COUNCIL_TODAY, COUNCIL_TYPE, REGION
from dashboard.figure import Figure, Topic
from dashboard.measures import INCOME_ACHIEVED, PROJECTS, SAVINGS_ACHIEVED

JOINT = (
    "A joint project counts once: by the recorded shares, or under its lead where none are recorded; "
    "its partners then stand without an amount."
)

SAVINGS_BY_COUNCIL = Figure(
    id="savings-by-council",
    title="Savings, by council",
    question="How far do councils differ in what they reported?",
    measures=(SAVINGS_ACHIEVED,),
    by=(COUNCIL,),
    chart=Spread(),
    notes=(JOINT, "Councils differ in size and in what they report; this is no measure of performance."),
)

EQUAL = (
    "Every council is one hexagon, whatever its area or population; counties, which lie over districts, stand beside."
)

COUNCILS = Topic(
    id="councils",
    title="Councils",
    question="Which councils reported what?",
    figures=(
        SAVINGS_BY_COUNCIL,
        Figure(
            id="savings-by-council-on-a-map",
            title="Savings, council by council",
            question="Which councils have reported savings, and where are they?",
            measures=(SAVINGS_ACHIEVED,),
            by=(COUNCIL,),
            chart=Hexmap(),
            notes=(JOINT, EQUAL),
        ),
        Figure(
            id="savings-by-council-of-today-on-a-map",
            title="Savings, by the councils of today",
            question="On today's map of councils, where have savings been reported?",
            measures=(SAVINGS_ACHIEVED,),
            by=(COUNCIL_TODAY,),
            chart=Hexmap(),
            notes=(JOINT, "What a council reported that was since replaced stands with the one in its place.", EQUAL),
        ),
        Figure(
            id="savings-by-region",
            title="Savings, by region",
            question="Where in England have savings been reported?",
            measures=(SAVINGS_ACHIEVED, INCOME_ACHIEVED),
            by=(REGION,),
            chart=Ranking(),
            notes=(JOINT,),
        ),
        Figure(
            id="savings-by-council-type",
            title="Savings, by type of council",
            question="Which types of council have reported savings?",
            measures=(SAVINGS_ACHIEVED, INCOME_ACHIEVED),
            by=(COUNCIL_TYPE,),
            chart=Ranking(),
            notes=(JOINT,),
        ),
        Figure(
            id="councils-and-their-projects",
            title="Every council and what it reported",
            question="What has each council reported?",
            measures=(PROJECTS, SAVINGS_ACHIEVED, INCOME_ACHIEVED),
            by=(COUNCIL,),
            chart=Listing(),
            notes=(JOINT,),
        ),
    ),
)
