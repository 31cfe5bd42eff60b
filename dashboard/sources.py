"""Where numbers are read from: the tables of a release, restricted to a selection, in the prices asked for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from dashboard.dimensions import (
    COUNCIL_TODAY,
    FINANCIAL_YEAR,
    KIND,
    NOT_STATED,
    OUTCOME_DIMENSIONS,
    PROJECT,
    YEARS,
    Dimension,
    dimension_named,
)
from dashboard.measures import DISCOUNT_RATE, MATCHED_STAGES, SCHEDULES, Measure, quoted
from dashboard.refusals import Refused
from dashboard.selection import Selection

SINGLE_YEAR = "case when first_year = last_year then first_year end"

COUNCIL_NAMES = "select council, name from councils"
LABELS = {
    "skill_area": "select code, label from skill_areas",
    "council": COUNCIL_NAMES,
    "council_today": COUNCIL_NAMES,
    "claim": "select claim_ref, claim from claims",
    "project": "select project_ref, coalesce(title, project_ref) from projects",
    "observation": (
        "select line_id, "
        "concat_ws(': ', councils.short_name, coalesce(title, observations.project_ref, 'row ' || row)) "
        "from observations left join projects using (project_no) "
        "left join councils on councils.council = observations.council"
    ),
}
"""Where the labels of a dimension stand: code and label."""

PLACES = (
    "select councils.council, type, region, start_date, end_date, boundaries_from, across, down "
    "from councils left join hexes on hexes.council = councils.council order by councils.council, boundaries_from"
)
"""Each council at each set of boundaries, or once where it has no hexagon."""

Factors = tuple[tuple[int, Decimal], ...]
"""What the pounds of a financial year (its first calendar year) are worth in the prices asked for."""


def factors_of(indices: Mapping[str, Decimal], base: str, discounted: bool) -> Factors:
    """What pounds of each year of a price index are worth in the prices of a base year; Refused if it lacks that year.

    The index of the base year over that of the year (HM Treasury, GDP deflators); `discounted` also by 3.5% for each
    year between the two (HM Treasury, The Green Book).
    """
    if base not in indices:
        raise Refused("no_such_price_base", f"'{base}' has none.", (min(indices), max(indices)))
    rate = 1 + Decimal(DISCOUNT_RATE) if discounted else Decimal(1)
    return tuple(
        (int(year[:4]), indices[base] / index * rate ** (int(base[:4]) - int(year[:4])))
        for year, index in sorted(indices.items())
    )


@dataclass(frozen=True)
class Clause:
    """A piece of SQL, a condition or a query, with its parameters in order."""

    sql: str = "true"
    values: tuple[Any, ...] = ()

    def and_(self, other: "Clause") -> "Clause":
        """Both conditions."""
        return Clause(f"({self.sql}) and ({other.sql})", self.values + other.values)


OF_THE_SAME_PROJECTS = (
    "(select * from chosen semi join (select project_no, kind from chosen where stage in {stages} and "
    "basis <> 'per_year' and amount_gbp is not null group by all having count(distinct stage) = {many}) sides "
    "using (project_no, kind))"
)
DERIVED = {
    **{
        source: OF_THE_SAME_PROJECTS.format(stages=quoted(stages), many=len(stages))
        for source, stages in MATCHED_STAGES.items()
    },
    "matched": (
        "(select * from chosen semi join (select project_no, kind, first_year, last_year from chosen "
        "where stage in ('achieved', 'projected') and basis <> 'per_year' and amount_gbp is not null "
        "and first_year is not null and last_year is not null group by all having count(distinct stage) = 2) sides "
        "using (project_no, kind, first_year, last_year))"
    ),
    "costed": (
        "(select chosen.*, grant_gbp, council_cost_gbp from chosen join projects on "
        "projects.project_no = chosen.project_no)"
    ),
    "costed by council": (
        "(select chosen.*, grant_gbp, council_cost_gbp from chosen join project_councils bodies on "
        "bodies.project_no = chosen.project_no and bodies.council = chosen.council)"
    ),
    "powered": (
        "(select chosen.*, core_spending_power_gbp from chosen join councils on councils.council = chosen.council)"
    ),
    "up_to_year": (
        "(select chosen.* replace (years.financial_year as financial_year) from chosen join (select distinct "
        "financial_year from chosen where {rows}) years "
        "on years.financial_year >= chosen.financial_year)"
    ),
}
"""What some sources make of the rows that were chosen from the schedule."""


TABLES = {"projects": "project_councils", "reach_of_all_years": "reach"}
PROJECTS_ALONE = ("projects", "project_councils", "reach_of_all_years")
"""Sources that know nothing of the outcomes of a project."""


def table_of(source: str, by: Sequence[Dimension], selection: Selection, cells: bool = False) -> str:
    """The table of a release that a source stands on, split and restricted so; with `cells` the one added up."""
    asked = (*by, *restricted(selection))
    if source not in SCHEDULES:
        return TABLES.get(source, source)
    by_council = source == "powered" or any(dimension.by_council for dimension in asked)
    return ("council_schedule" if by_council else "schedule") + ("_cells" if cells else "")


def in_cells(measures: Sequence[Measure], by: Sequence[Dimension], selection: Selection) -> bool:
    """Whether measures can be taken from the schedule as it was added up beforehand: in cash terms, by no project."""
    linear = all(
        measure.source in ("schedule", "up_to_year")
        and measure.adds_pounds
        and not measure.grain
        and "attribution" not in measure.pounds
        for measure in measures
    )
    return linear and not selection.real and PROJECT not in (*by, *restricted(selection))


def restricted(selection: Selection) -> list[Dimension]:
    """The dimensions that a selection restricts."""
    return [dimension_named(name) for name, _ in selection.where]


def chosen(
    source: str,
    by: Sequence[Dimension],
    selection: Selection,
    factors: Factors | None = None,
    priced: bool = True,
    cells: bool = False,
) -> Clause:
    """The rows of a source's table that a selection chooses; with `cells` of the one that is added up.

    With `factors` only rows of those years, their pounds in the prices asked for; in cash terms if not `priced`.
    """
    table = table_of(source, by, selection, cells)
    rows = table
    if COUNCIL_TODAY in (*by, *restricted(selection)) and source not in ("observations", "claims"):
        rows = f"(select {table}.*, today as council_today from {table} left join councils using (council))"
    if source == "matched":
        rows = f"(select * replace ({SINGLE_YEAR} as financial_year) from {rows})"
    where = where_in(source, selection)
    found = Clause(f"select * from {rows} where {where.sql}", where.values)
    return _at_prices(found, factors, priced) if factors is not None else found


def _at_prices(rows: Clause, factors: Factors, priced: bool) -> Clause:
    listed = ", ".join(["(?::smallint, ?::decimal(16, 12))"] * len(factors))
    priced_columns = ", ".join(
        f"(rows.{name}::decimal(20, 2) * factor)::decimal(24, 8) as {name}" for name in ("amount_gbp", "new_gbp")
    )
    columns = f"rows.* replace ({priced_columns})" if priced else "rows.*"
    values = tuple(value for pair in factors for value in pair)
    return Clause(
        f"select {columns} from ({rows.sql}) rows join (values {listed}) prices(year, factor) "
        "on prices.year = rows.financial_year",
        rows.values + values,
    )


def derived(measure: Measure, by: Sequence[Dimension], selection: Selection) -> str:
    """What a measure is read from, given the rows `chosen`: for sums up to a year, every year that it has itself."""
    source = measure.source
    if source == "up_to_year" and FINANCIAL_YEAR not in by:
        return "chosen"
    if source == "costed" and table_of(source, by, selection) == "council_schedule":
        source = "costed by council"
    return DERIVED.get(source, "chosen").replace("{rows}", measure.rows)


def column_in(dimension: Dimension, source: str) -> str:
    """The SQL of a dimension in a source; observations have years of their own."""
    if dimension is PROJECT:
        return "project_no"
    if dimension.id == "standing":
        return "coalesce(standing, fate)"
    if dimension is FINANCIAL_YEAR and source == "observations":
        return SINGLE_YEAR
    return dimension.column


def where_in(source: str, selection: Selection) -> Clause:
    """The selection as a condition on a source's table."""
    if source == "claims":
        return Clause()
    if source == "observations":
        return project_scope(selection).and_(_outcome_scope(selection))
    clause = Clause()
    for dimension in restricted(selection):
        if source in PROJECTS_ALONE and dimension in OUTCOME_DIMENSIONS:
            continue
        if source == "reach" and dimension is KIND:
            continue
        clause = clause.and_(among(dimension, selection, dimension.column))
    return clause


def _outcome_scope(selection: Selection) -> Clause:
    clause = Clause()
    for dimension in OUTCOME_DIMENSIONS:
        if selection.values(dimension):
            clause = clause.and_(among(dimension, selection, column_in(dimension, "observations")))
    return clause


def project_scope(selection: Selection) -> Clause:
    """Lines of the projects in view: of the councils asked for, leads and partners alike."""
    asked = tuple((name, codes) for name, codes in selection.where if dimension_named(name) not in OUTCOME_DIMENSIONS)
    if not asked:
        return Clause()
    projects = chosen("project_councils", (), Selection(where=asked))
    return Clause(f"project_no in (select project_no from ({projects.sql}))", projects.values)


def among(dimension: Dimension, selection: Selection, column: str) -> Clause:
    """The condition that a column holds one of the codes that a selection restricts a dimension to."""
    codes = selection.values(dimension)
    known = [_value(dimension, code) for code in codes if code != NOT_STATED]
    listed = f"in ({', '.join('?' * len(known))})"
    if dimension is PROJECT:
        return Clause(f"project_no in (select project_no from projects where project_ref {listed})", tuple(known))
    parts = [f"{column} {listed}"] if known else []
    parts += [f"{column} is null"] if NOT_STATED in codes else []
    return Clause(" or ".join(parts) or "true", tuple(known))


def _value(dimension: Dimension, code: str) -> str | int:
    return int(code.partition("-")[0]) if dimension in YEARS else code


def code_of(dimension: Dimension, value: Any) -> str:
    """A value of a column as a code: financial years as text, nothing as `not_stated`."""
    if value is None:
        return NOT_STATED
    return f"{value}-{(value + 1) % 100:02d}" if dimension in YEARS else str(value)
