"""What a table may be split by, and a selection restricted to: id, label, column, and how its values are called."""

from dataclasses import dataclass

from dashboard.measures import KIND_LABELS, STAGE_LABELS, named

NOT_STATED = "not_stated"


@dataclass(frozen=True)
class Dimension:
    """One way to split. `column` stands in the tables of a release; `level` is what it describes.

    A project-level dimension decides which projects are in view; an outcome-level one decides which of their
    amounts are. `labels_table` names the release table (code, label) that holds its labels; `labels` holds
    the few that are part of the grammar; a code without a label is its own label. `not_stated` is what a row
    without a value is called.
    """

    id: str
    label: str
    column: str
    level: str
    labels_table: str | None = None
    labels: tuple[tuple[str, str], ...] = ()
    not_stated: str = "Not stated"
    by_council: bool = False
    ordered: bool = False
    filters: bool = True


SKILL_AREA = Dimension("skill_area", "Skill area", "skill_area", "project", labels_table="skill_areas")
COUNCIL = Dimension("council", "Council", "council", "project", labels_table="councils", by_council=True)
REGION = Dimension("region", "Region", "region", "project", by_council=True, not_stated="No region stated")
COUNCIL_TYPE = Dimension(
    "council_type",
    "Type of council",
    "council_type",
    "project",
    by_council=True,
    labels=(
        ("county", "County council"),
        ("district", "District council"),
        ("unitary", "Unitary council"),
        ("metropolitan", "Metropolitan borough"),
        ("london_borough", "London borough"),
        ("combined", "Combined authority"),
        ("fire", "Fire and rescue authority"),
        ("national_park", "National park authority"),
    ),
)
COUNCIL_TODAY = Dimension(
    "council_today",
    "Council as it is today",
    "council_today",
    "project",
    labels_table="councils",
    by_council=True,
    not_stated="Split among several councils",
)
EXPERT_TYPE = Dimension(
    "expert_type",
    "Type of expert",
    "expert_type",
    "project",
    labels=(("council", "Council"), ("other_public_sector", "Other public sector"), ("private", "Private")),
    not_stated="Type of expert not stated",
)
JOINT = Dimension(
    "joint",
    "Joint or single project",
    "case when joint then 'joint' else 'single' end",
    "project",
    labels=(("single", "Single project"), ("joint", "Joint project")),
)
GRANT_YEAR = Dimension(
    "grant_year",
    "Year of grant",
    "grant_year",
    "project",
    ordered=True,
    not_stated="Year of grant not stated",
)
FINANCIAL_YEAR = Dimension(
    "financial_year",
    "Financial year",
    "financial_year",
    "outcome",
    ordered=True,
    not_stated="Year not stated",
)
KIND = Dimension("kind", "Kind", "kind", "outcome", labels=tuple(KIND_LABELS.items()))
CASHABILITY = Dimension(
    "cashability",
    "Cashability",
    "cashability",
    "outcome",
    labels=(("cashable", "Cashable"), ("non_cashable", "Not cashable"), ("unclear", "Cashability unclear")),
)
RECURRENCE = Dimension(
    "recurrence",
    "Recurrence",
    "recurrence",
    "outcome",
    labels=(("one_off", "One-off"), ("recurring", "Recurring"), ("unclear", "Recurrence unclear")),
)
NET_OR_GROSS = Dimension(
    "net_or_gross",
    "Net or gross",
    "net_or_gross",
    "outcome",
    labels=(("gross", "Gross"), ("net", "Net"), ("unclear", "Net or gross not stated")),
)
EVIDENCE_GRADE = Dimension(
    "evidence_grade",
    "Evidence grade",
    "evidence_grade",
    "outcome",
    labels=(("sufficient", "Sufficient"), ("partial", "Partial"), ("insufficient", "Insufficient")),
    not_stated="Evidence not graded",
)
STAGE = Dimension(
    "stage",
    "Stage",
    "stage",
    "outcome",
    labels=tuple((code, label[0].upper() + label[1:]) for code, label in STAGE_LABELS.items()),
)
PROJECT = Dimension("project", "Project", "project_ref", "project", labels_table="projects")
OBSERVATION = Dimension("observation", "Line", "line_id", "outcome", labels_table="observations", filters=False)
CLAIM = Dimension(
    "claim",
    "Claim",
    "claim_ref",
    "claim",
    labels_table="claims_register",
    ordered=True,
    filters=False,
)
TOGETHER = "together"
"""The code under which all assumptions move at once."""
ASSUMPTION = Dimension(
    "assumption",
    "Assumption",
    "assumption",
    "claim",
    labels=(
        ("evidence", "Evidence: how well it is shown"),
        ("attribution", "Attribution: how much of it is the project's"),
        ("persistence", "Persistence: whether it goes on"),
        ("non_response", "Non-response: what silent projects saved"),
        (TOGETHER, "All together"),
    ),
    filters=False,
)
STANDING = Dimension(
    "standing",
    "Standing",
    "standing",
    "outcome",
    labels=(
        ("counts", "Counts"),
        ("held", "Held: a person must decide"),
        ("quarantined", "Quarantined: cannot be read"),
        ("superseded", "Superseded by a later report"),
        ("part_of", "Part of a wider amount"),
        ("left_out", "Left out of totals"),
    ),
    filters=False,
)

DIMENSIONS = {
    dimension.id: dimension
    for dimension in (
        SKILL_AREA,
        COUNCIL,
        REGION,
        COUNCIL_TYPE,
        COUNCIL_TODAY,
        GRANT_YEAR,
        FINANCIAL_YEAR,
        KIND,
        CASHABILITY,
        RECURRENCE,
        NET_OR_GROSS,
        EVIDENCE_GRADE,
        EXPERT_TYPE,
        JOINT,
        STAGE,
        PROJECT,
        OBSERVATION,
        STANDING,
        CLAIM,
        ASSUMPTION,
    )
}


OUTCOME_DIMENSIONS = (FINANCIAL_YEAR, KIND, CASHABILITY, RECURRENCE, NET_OR_GROSS, EVIDENCE_GRADE)
"""What a project may have several of: they say which of its amounts are in view, never which projects."""
YEARS = (FINANCIAL_YEAR, GRANT_YEAR)


def dimension_named(name: str) -> Dimension:
    """The declared dimension of this id; UnknownName otherwise."""
    return DIMENSIONS[named("dimension", name, tuple(DIMENSIONS))]
