"""The topics in reading order: a page on screen, a chapter of an export, a section of a briefing."""

from dashboard.figure import Figure
from dashboard.topics.claims import CLAIMS
from dashboard.topics.confidence import CONFIDENCE
from dashboard.topics.council import COUNCIL_PROFILE
from dashboard.topics.councils import COUNCILS
from dashboard.topics.data_quality import DATA_QUALITY
from dashboard.topics.overview import OVERVIEW
from dashboard.topics.skill_areas import SKILL_AREAS
from dashboard.topics.stages import STAGES
from dashboard.topics.years import YEARS

TOPICS = (OVERVIEW, SKILL_AREAS, COUNCILS, YEARS, STAGES, CONFIDENCE, CLAIMS, DATA_QUALITY)
FIGURES: dict[str, Figure] = {figure.id: figure for topic in (*TOPICS, COUNCIL_PROFILE) for figure in topic.figures}
