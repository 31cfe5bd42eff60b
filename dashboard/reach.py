"""How many projects and councils stand behind a number, from what the release noted of each project beforehand."""

from collections.abc import Sequence

from dashboard.dimensions import FINANCIAL_YEAR, KIND, PROJECT, Dimension
from dashboard.measures import KIND_LABELS, STAGES, TOTALS, Measure
from dashboard.selection import Selection
from dashboard.sources import Clause, chosen, column_in, restricted

KINDS = tuple(KIND_LABELS)
ANY, AT_STAGE = 12, 13
"""Places of the bits of `stated` in `etl/tables/reach.sql`; those of totals are 4 times the stage plus the kind."""
KNOWN = " and amount_gbp is not null"


def _bits(stage: str, kinds: Sequence[str]) -> int:
    return sum(1 << (4 * STAGES.index(stage) + KINDS.index(kind)) for kind in kinds)


BITS = {
    "amount_gbp is not null": 1 << ANY,
    **{f"stage = '{stage}'{KNOWN}": 1 << (AT_STAGE + place) for place, stage in enumerate(STAGES)},
    **{total.rows: _bits(str(total.stage), total.kinds) for of in TOTALS.values() for total in of.values()},
}
"""What is counted by measures whose rows are these, as bits."""
OF_TOTALS = {total.rows: (str(total.stage), total.kinds) for of in TOTALS.values() for total in of.values()}


def bits_of(measures: Sequence[Measure], by: Sequence[Dimension], selection: Selection) -> int | None:
    """The bits of what any of the measures counts; None where the release noted no such thing beforehand."""
    filtered = [dimension for dimension in restricted(selection) if dimension is not KIND]
    if any(dimension.level != "project" and dimension is not FINANCIAL_YEAR for dimension in (*by, *filtered)):
        return None
    if PROJECT in by:
        return None
    if FINANCIAL_YEAR not in by and len(selection.values(FINANCIAL_YEAR)) > 1:
        return None
    found, kinds = 0, selection.values(KIND)
    for measure in measures:
        rows = measure.rows if measure.rows in BITS else measure.rows.removesuffix(KNOWN)
        if measure.source != "schedule" or rows not in BITS or (kinds and rows not in OF_TOTALS):
            return None
        if kinds:
            stage, counted = OF_TOTALS[rows]
            found |= _bits(stage, [kind for kind in counted if kind in kinds])
        else:
            found |= BITS[rows]
    return found


COUNTED = """
with rows as (
    select {columns}project_no, council, joint from ({chosen}) chosen
    where {scope} and all_years = {all_years}{stated}
),
bodies as (
    select {codes}council, count(*) as projects, null::integer as project_no from rows where not joint
    group by {codes}council
    union all
    select {listed}project_councils.council, null, together.project_no
    from rows together join project_councils on project_councils.project_no = together.project_no
    where together.joint
)
select {codes}coalesce(sum(projects), 0)::bigint + count(distinct project_no), count(distinct council)
from bodies {group}
"""
"""A project that one council has alone is in one row; only joint ones need to be told apart."""


def counted_query(by: Sequence[Dimension], selection: Selection, bits: int | None) -> Clause:
    """The query of codes, projects and councils behind what `bits` stand for; of all projects where they are None."""
    asked = [*by, *restricted(selection)]
    in_years = bits is not None and FINANCIAL_YEAR in asked
    rows = chosen("reach" if in_years else "reach_of_all_years", by, selection)
    as_councils_see_it = any(dimension.by_council for dimension in asked)
    codes = [f"c{place}" for place in range(len(by))]
    everybody = bits is None and as_councils_see_it
    query = COUNTED.format(
        chosen=rows.sql,
        columns="".join(f"{column_in(dimension, 'reach')} as c{place}, " for place, dimension in enumerate(by)),
        codes="".join(f"{code}, " for code in codes),
        listed="".join(f"together.{code}, " for code in codes),
        scope="true" if everybody else "bears" if as_councils_see_it else "role = 'lead'",
        all_years=not in_years,
        stated="" if bits is None else f" and (stated & {bits}) <> 0",
        group=f"group by {', '.join(codes)}" if codes else "",
    )
    return Clause(query, rows.values)
