"""Skill areas: what each has identified, projected and achieved, and how its projects spread."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from dashboard.charts.heat import Heat
from dashboard.charts.listing import Listing
from dashboard.charts.ranking import Ranking
from dashboard.charts.spread import Spread
from dashboard.dimensions import FINANCIAL_YEAR, PROJECT, SKILL_AREA
from dashboard.figure import Figure, Topic
from dashboard.measures import (
    INCOME_ACHIEVED,
    INCOME_IDENTIFIED,
    INCOME_PROJECTED,
    LARGEST,
    MEDIAN_COST,
    MEDIAN_SAVING,
    SAVINGS_ACHIEVED,
    SAVINGS_IDENTIFIED,
    SAVINGS_PROJECTED,
    WELL_EVIDENCED,
)
from dashboard.style import money, number_in_full
from dashboard.topics.notes import BESIDE, MAPPED, NOT_PHASED

FEWEST = 5
CARRIED, WELL = 50, 50
"""From which share of a sum one project carries it, and from which share of its value it is well evidenced."""


def verdict(row: Mapping[str, Any]) -> str:
    """What a skill area comes to, in words: the typical saving, whether one project carries it, and the evidence."""
    median, largest, evidenced = MEDIAN_SAVING["achieved"], row[LARGEST[0].id], row[WELL_EVIDENCED[0].id]
    low, high = row[f"{median.id}_low"], row[f"{median.id}_high"]
    if row[median.id] is None:
        return "No amount is known."
    certain = f"between {money(low)} and {money(high)}" if low is not None else "too few projects for an interval"
    parts = [f"A typical project saved {money(row[median.id])} ({certain})."]
    if largest is not None and largest >= CARRIED:
        parts.append(f"One project carries {number_in_full(largest, 'percent')} of the sum.")
    if evidenced is None or evidenced < WELL:
        parts.append(f"Only {number_in_full(evidenced or Decimal(0), 'percent')} of its value is well evidenced.")
    return " ".join(parts)


SKILL_AREAS = Topic(
    id="skill-areas",
    title="Skill areas",
    question="Which kinds of help go with which savings?",
    figures=(
        Figure(
            id="savings-at-each-stage-by-skill-area",
            title="Savings at each stage, by skill area",
            question="How much has each skill area achieved, projected and identified?",
            measures=(SAVINGS_ACHIEVED, SAVINGS_PROJECTED, SAVINGS_IDENTIFIED),
            by=(SKILL_AREA,),
            chart=Ranking(),
            notes=(MAPPED, BESIDE),
            follows_stage=False,
        ),
        Figure(
            id="income-at-each-stage-by-skill-area",
            title="Income at each stage, by skill area",
            question="Where has new income been achieved, projected and identified?",
            measures=(INCOME_ACHIEVED, INCOME_PROJECTED, INCOME_IDENTIFIED),
            by=(SKILL_AREA,),
            chart=Ranking(),
            notes=(MAPPED, BESIDE),
            follows_stage=False,
        ),
        Figure(
            id="median-saving-by-skill-area",
            title="The middle project's saving, by skill area",
            question="What does a typical project save in each skill area?",
            measures=(MEDIAN_SAVING["achieved"],),
            by=(SKILL_AREA,),
            chart=Ranking(),
            shown="returns",
            notes=(
                MAPPED,
                "Savings are very skewed: the sum is carried by a few projects, the median is not.",
                "The thin line under a bar is the 95% interval of the median; under six projects there is none.",
            ),
        ),
        Figure(
            id="what-works-by-skill-area",
            title="What works, by skill area",
            question="What does a typical project of a skill area save, at what cost, and how well is it shown?",
            measures=(MEDIAN_SAVING["achieved"], LARGEST[0], WELL_EVIDENCED[0], MEDIAN_COST),
            by=(SKILL_AREA,),
            chart=Listing(leading=True),
            shown="returns",
            follows_stage=False,
            fewest=FEWEST,
            verdict=verdict,
            notes=(MAPPED, "Projects chose their area, and differ in much else: this shows no cause."),
        ),
        Figure(
            id="project-savings-by-skill-area",
            title="Each project's saving, by skill area",
            question="How far do the projects of a skill area differ?",
            measures=(SAVINGS_ACHIEVED,),
            by=(SKILL_AREA, PROJECT),
            chart=Spread(),
            notes=(MAPPED,),
        ),
        Figure(
            id="savings-by-skill-area-and-year",
            title="Savings, by skill area and financial year of the benefit",
            question="In which years do the savings of each skill area fall?",
            measures=(SAVINGS_ACHIEVED,),
            by=(SKILL_AREA, FINANCIAL_YEAR),
            chart=Heat(),
            notes=(MAPPED, NOT_PHASED, "An empty cell is an amount that nobody reported, not a zero."),
        ),
    ),
)
