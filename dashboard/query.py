"""Composes the queries of measures, dimensions and a selection; refuses those whose answer would mislead."""

from dataclasses import dataclass
from typing import Any

from dashboard.dimensions import (
    CLAIM,
    FINANCIAL_YEAR,
    GRANT_YEAR,
    KIND,
    NOT_STATED,
    OBSERVATION,
    PROJECT,
    STAGE,
    STANDING,
    Dimension,
    dimension_named,
)
from dashboard.measures import COUNCILS, PROJECTS, Measure
from dashboard.selection import Selection

OUTCOME_DIMENSIONS = (FINANCIAL_YEAR, KIND)
YEARS = (FINANCIAL_YEAR, GRANT_YEAR)


FAMILIES = {"efficiency_saving": "savings", "income_generation": "income"}
SINGLE_YEAR = "case when first_year = last_year then first_year end"


class Refused(ValueError):
    """A question whose answer would mislead: `code`, the reason, and what can be asked instead."""

    def __init__(self, code: str, message: str, instead: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.code, self.instead = code, instead


@dataclass(frozen=True)
class Clause:
    """A SQL condition with its parameters, in order."""

    sql: str = "true"
    values: tuple[Any, ...] = ()

    def and_(self, other: "Clause") -> "Clause":
        return Clause(f"({self.sql}) and ({other.sql})", self.values + other.values)


LEFT_OUT = """
with inside as (
    select line_no, sum(amount_gbp) as amount_gbp
    from {source} where {inside} and amount_gbp is not null group by line_no
),
judged as (
    select
        lines.line_no,
        lines.project_ref,
        case
            when lines.fate <> 'loaded' then lines.fate
            when lines.stage in ('achieved', 'projected', 'identified') and lines.stage not in {stages}
                then 'other_stage'
            when lines.standing <> 'counts' then coalesce(lines.reason, lines.standing)
            when lines.kind in ('unclear', 'both') and lines.basis <> 'per_year' then 'kind_' || lines.kind
            when lines.stage || lines.kind not in {pairs} then 'other_kind'
            when lines.basis = 'per_year' then 'basis_per_year'
            else 'outside_filters'
        end as reason,
        coalesce(lines.amount_gbp, 0)
            - case when lines.fate = 'loaded' and lines.standing = 'counts' and lines.basis <> 'per_year'
                then coalesce(inside.amount_gbp, 0) else 0 end as amount_gbp,
        inside.line_no is null as wholly
    from observations lines
    left join inside on inside.line_no = lines.line_no
    where {scope}
)
select reason, count(*) filter (wholly), count(distinct project_ref), sum(amount_gbp)
from judged
where wholly or amount_gbp <> 0
group by reason
order by reason
"""


def stages_and_kinds(measures: tuple[Measure, ...]) -> dict[str, str]:
    """The stages, and the pairs of stage and kind, that the measures count, as lists in SQL."""

    def listed(values: set[str]) -> str:
        return "(" + ", ".join(f"'{value}'" for value in sorted(values)) + ")"

    stages = {measure.stage for measure in measures if measure.stage} or {
        "achieved",
        "projected",
        "identified",
    }
    pairs = {f"{measure.stage}{measure.kind}" for measure in measures if measure.stage and measure.kind}
    every = {f"{stage}{kind}" for stage in stages for kind in ("efficiency_saving", "income_generation")}
    return {"stages": listed(stages), "pairs": listed(pairs or every)}


def refuse(measure: Measure, by: tuple[Dimension, ...], selection: Selection, examples: bool) -> None:
    """Raises Refused where the answer would mislead, with the reason and what to ask instead."""
    if examples and not measure.examples:
        raise Refused(
            "examples_not_averaged",
            f"'{measure.id}' is not given for a collection of chosen examples: it would say nothing of the programme.",
            (measure.id.removeprefix("median_"),),
        )
    line_by_line = {"observations": OBSERVATION, "claims": CLAIM}.get(measure.source)
    if line_by_line and line_by_line not in by:
        raise Refused(
            "never_summed", f"'{measure.id}' is listed one by one and never added. Split it by {line_by_line.id}."
        )
    foreign = [d.id for d in by if (d is CLAIM) != (measure.source == "claims")]
    foreign += [d.id for d in by if d in (OBSERVATION, STANDING) and measure.source != "observations"]
    if foreign:
        raise Refused("not_of_this_measure", f"'{measure.id}' cannot be split by {foreign[0]}.")
    restricted = tuple(dimension for dimension in (*OUTCOME_DIMENSIONS, STAGE) if dimension in by)
    if measure in (PROJECTS, COUNCILS) and restricted:
        raise Refused(
            "no_single_value",
            f"'{measure.id}' cannot be split by {restricted[0].label.lower()}: a project has no single one.",
            ("reporting_projects",),
        )
    kinds = selection.values(KIND)
    if measure.kind and kinds and measure.kind not in kinds:
        raise Refused(
            "kind_conflict",
            f"'{measure.id}' counts {measure.worded}, and the selection asks for {', '.join(kinds)}.",
            tuple(f"{FAMILIES[kind]}_{measure.stage}" for kind in kinds if kind in FAMILIES),
        )


def nothing(measure: Measure) -> int | None:
    """What a measure is worth where no row speaks of it: no projects are 0, an amount nobody reported is not known."""
    return 0 if measure.unit == "count" else None


def source_of(measure: Measure, by: tuple[Dimension, ...], selection: Selection) -> str:
    """The table that a measure is read from, split and restricted so."""
    if measure.source == "schedule":
        return schedule_of(selection, by)
    return {"projects": "project_councils"}.get(measure.source, measure.source)


def schedule_of(selection: Selection, by: tuple[Dimension, ...]) -> str:
    """The schedule, or the one by council's share where the question names councils."""
    asked = any(dimension.by_council for dimension in by) or any(
        dimension.by_council for dimension in _restricted(selection)
    )
    return "council_schedule" if asked else "schedule"


def _restricted(selection: Selection) -> list[Dimension]:
    return [dimension_named(name) for name, _ in selection.where]


def column_in(dimension: Dimension, source: str) -> str:
    """The SQL of a dimension in a source; observations have years of their own."""
    if dimension is PROJECT:
        return "project_no"
    if dimension.id == "standing":
        return "coalesce(standing, fate)"
    if dimension is FINANCIAL_YEAR and source == "observations":
        return SINGLE_YEAR
    return dimension.column


def query_of(measure: Measure, by: tuple[Dimension, ...], selection: Selection) -> tuple[str, tuple[Any, ...]]:
    """One measure's query with its parameters: the codes of each row in the order of `by`, then the value."""
    source = source_of(measure, by, selection)
    condition = Clause(measure.rows).and_(where_in(source, selection))
    columns = [column_in(dimension, source) for dimension in by]
    named = [f"c{place}" for place in range(len(columns))]
    selected = [f"{column} as {name}" for column, name in zip(columns, named, strict=True)]
    if measure.grain == "project":
        keys = ", ".join([*selected, "project_no"])
        places = ", ".join(map(str, range(1, len(selected) + 2)))
        inner = (
            f"(select {keys}, sum(amount_gbp) as project_gbp from {source} where {condition.sql} "
            f"and amount_gbp is not null group by {places})"
        )
        return _grouped(named, measure.aggregate, inner), condition.values
    inner = f"(select {', '.join([*selected, '*'])} from {source} where {condition.sql})"
    return _grouped(named, measure.aggregate, inner), condition.values


def _grouped(columns: list[str], aggregate: str, source: str) -> str:
    if not columns:
        return f"select {aggregate} from {source}"
    return f"select {', '.join(columns)}, {aggregate} from {source} group by {', '.join(columns)}"


def any_of(measures: tuple[Measure, ...]) -> Clause:
    """Rows that any of the measures counts."""
    return Clause(" or ".join(f"({measure.rows})" for measure in measures) or "true")


def where_in(source: str, selection: Selection) -> Clause:
    """The selection as a condition on a table of the release."""
    if source == "claims":
        return Clause()
    if source == "observations":
        return project_scope(selection).and_(_outcome_scope(selection))
    clause = Clause()
    for dimension in _restricted(selection):
        if source == "project_councils" and dimension in OUTCOME_DIMENSIONS:
            continue
        clause = clause.and_(_among(dimension, selection, dimension.column))
    return clause


def _outcome_scope(selection: Selection) -> Clause:
    clause = Clause()
    if selection.values(KIND):
        clause = clause.and_(_among(KIND, selection, "kind"))
    if selection.values(FINANCIAL_YEAR):
        clause = clause.and_(_among(FINANCIAL_YEAR, selection, SINGLE_YEAR))
    return clause


def project_scope(selection: Selection) -> Clause:
    """Lines of the projects in view: of the councils asked for, leads and partners alike."""
    dimensions = [d for d in _restricted(selection) if d not in OUTCOME_DIMENSIONS]
    if not dimensions:
        return Clause()
    clause = Clause()
    for dimension in dimensions:
        clause = clause.and_(_among(dimension, selection, dimension.column))
    return Clause(f"project_no in (select project_no from project_councils where {clause.sql})", clause.values)


def _among(dimension: Dimension, selection: Selection, column: str) -> Clause:
    codes = selection.values(dimension)
    known = [_value(dimension, code) for code in codes if code != NOT_STATED]
    parts = [f"{column} in ({', '.join('?' * len(known))})"] if known else []
    parts += [f"{column} is null"] if NOT_STATED in codes else []
    return Clause(" or ".join(parts) or "true", tuple(known))


def _value(dimension: Dimension, code: str) -> str | int:
    return int(code.partition("-")[0]) if dimension in YEARS else code


def code_of(dimension: Dimension, value: Any) -> str:
    """A value of a column as a code: financial years as text, nothing as `not_stated`."""
    if value is None:
        return NOT_STATED
    return f"{value}-{(value + 1) % 100:02d}" if dimension in YEARS else str(value)
