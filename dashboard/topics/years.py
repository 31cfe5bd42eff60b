"""Years: when the benefits fall, and how they grow; what has no year is shown as such."""

from dashboard.charts.heat import Heat
from dashboard.charts.trend import Trend
from dashboard.dimensions import FINANCIAL_YEAR, GRANT_YEAR
from dashboard.figure import Figure, Topic
from dashboard.measures import INCOME_ACHIEVED, REPORTING_PROJECTS, SAVINGS_ACHIEVED, SAVINGS_PROJECTED
from dashboard.topics.notes import NOT_PHASED

YEARS = Topic(
    id="years",
    title="Years",
    question="When do the benefits fall?",
    figures=(
        Figure(
            id="savings-and-income-by-year-and-kind",
            title="Savings and income, by financial year of the benefit",
            question="How much falls in each year?",
            measures=(SAVINGS_ACHIEVED, INCOME_ACHIEVED),
            by=(FINANCIAL_YEAR,),
            chart=Trend(),
            notes=(NOT_PHASED,),
        ),
        Figure(
            id="cumulative-savings-and-income",
            title="Savings and income up to each year",
            question="What has been reported up to each year?",
            measures=(SAVINGS_ACHIEVED, INCOME_ACHIEVED),
            by=(FINANCIAL_YEAR,),
            chart=Trend(cumulative=True),
            notes=(NOT_PHASED, "A running sum of the amounts of each year; what has no year is not in it."),
        ),
        Figure(
            id="achieved-and-projected-by-year",
            title="Savings achieved beside savings projected, by financial year",
            question="How does what was achieved stand beside what was projected?",
            measures=(SAVINGS_ACHIEVED, SAVINGS_PROJECTED),
            by=(FINANCIAL_YEAR,),
            chart=Trend(),
            notes=(NOT_PHASED, "Different projects may stand behind the two: this is not a delivery rate."),
            follows_stage=False,
        ),
        Figure(
            id="reporting-projects-by-year",
            title="Projects that reported an amount, by financial year of the benefit",
            question="How many projects stand behind each year?",
            measures=(REPORTING_PROJECTS,),
            by=(FINANCIAL_YEAR,),
            chart=Trend(),
            notes=("Fewer projects reporting makes sums fall, whatever was saved.",),
            follows_stage=False,
        ),
        Figure(
            id="savings-by-grant-year",
            title="Savings, by year of the grant",
            question="What came of the projects that began in each year?",
            measures=(SAVINGS_ACHIEVED,),
            by=(GRANT_YEAR,),
            chart=Trend(),
            shown="returns",
            notes=("Later projects have had less time to report.",),
        ),
        Figure(
            id="savings-by-grant-year-and-year-of-benefit",
            title="Savings, by year of the grant and financial year of the benefit",
            question="How long after its grant does a saving come?",
            measures=(SAVINGS_ACHIEVED,),
            by=(GRANT_YEAR, FINANCIAL_YEAR),
            chart=Heat(),
            shown="returns",
            notes=(NOT_PHASED, "Later projects have had less time to report; an empty cell is not a zero."),
        ),
    ),
)
