"""Skill areas: what each has identified, projected and achieved, and how its projects spread."""

from dashboard.charts.ranking import Ranking
from dashboard.charts.spread import Spread
from dashboard.dimensions import PROJECT, SKILL_AREA
from dashboard.figure import Figure, Topic
from dashboard.measures import (
    INCOME_ACHIEVED,
    INCOME_IDENTIFIED,
    INCOME_PROJECTED,
    MEDIAN_SAVING,
    PROJECTS,
    REPORTING_PROJECTS,
    SAVINGS_ACHIEVED,
    SAVINGS_IDENTIFIED,
    SAVINGS_PROJECTED,
)

MAPPED = "Skill areas are mapped from the label that each source used."
BESIDE = "The stages stand beside each other and are never added."

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
            notes=(MAPPED, "Savings are very skewed: the sum is carried by a few projects, the median is not."),
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
