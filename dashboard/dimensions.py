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
STAGE = Dimension(
    "stage",
    "Stage",
    "stage",
    "outcome",
    labels=tuple((code, label[0].upper() + label[1:]) for code, label in STAGE_LABELS.items()),
)
PROJECT = Dimension("project", "Project", "project_ref", "project", labels_table="projects", filters=False)
OBSERVATION = Dimension("observation", "Line", "line_id", "outcome", labels_table="observations", filters=False)
CLAIM = Dimension("claim", "Claim", "claim_ref", "claim", labels_table="claims", ordered=True, filters=False)
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
        GRANT_YEAR,
        FINANCIAL_YEAR,
        KIND,
        STAGE,
        PROJECT,
        OBSERVATION,
        STANDING,
        CLAIM,
    )
}


def dimension_named(name: str) -> Dimension:
    """The declared dimension of this id; UnknownName otherwise."""
    return DIMENSIONS[named("dimension", name, tuple(DIMENSIONS))]
