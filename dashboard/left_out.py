"""What a number does not hold: every line of the selection's projects that is not in it, by reason, to the penny."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any

from dashboard.dimensions import EXPERT_TYPE, FINANCIAL_YEAR, GRANT_YEAR, OUTCOME_DIMENSIONS, SKILL_AREA
from dashboard.measures import Measure, quoted
from dashboard.query import alike, any_of, stages_of, takes_prices
from dashboard.selection import Selection
from dashboard.sources import Clause, Factors, among, chosen, derived, project_scope, restricted


@dataclass(frozen=True)
class LeftOut:
    """Lines of the selection that a number does not hold: why, how many, and their pounds.

    `projects` is how many projects they are of; None for reasons that nobody is told of in words.
    """

    reason: str
    lines: int
    projects: int | None
    amount_gbp: Decimal


REASON = """case
            when lines.fate <> 'loaded' then lines.fate::varchar
            when lines.stage in ('achieved', 'projected', 'identified') and lines.stage not in {stages}
                then 'other_stage'
            when lines.reason is not null then lines.reason
            when lines.kind in ('unclear', 'both') and lines.kind not in {kinds} and lines.basis <> 'per_year'
                then 'kind_' || lines.kind
            when lines.stage || lines.kind not in {pairs} then 'other_kind'
            when {is_inside} then '{partly}'
            {reasons}
            else 'outside_filters'
        end"""
INSIDE = """by_year as (
    select line_no, basis, financial_year, sum(amount_gbp) as amount_gbp, sum({pounds}) as pounds_gbp
    from {source} where ({inside}) and amount_gbp is not null group by line_no, basis, financial_year
),
-- An amount a year is as its line states it, in however many years it falls.
inside as (
    select
        line_no,
        case when basis = 'per_year' then max(amount_gbp) else sum(amount_gbp) end as amount_gbp,
        case when basis = 'per_year' then max(pounds_gbp) else sum(pounds_gbp) end as pounds_gbp
    from by_year group by line_no, basis
),
"""
LEFT_OUT = """
with chosen as ({chosen}),
{inside_lines}judged_lines as (
    select
        {reason} as reason,
        coalesce(lines.amount_gbp, 0) - coalesce(inside.amount_gbp, 0) as amount_gbp,
        0 as less_gbp,
        inside.line_no is null as wholly
    from (select * from judged where {scope}) lines
    left join inside on inside.line_no = lines.line_no
    union all
    select '{rest}', inside.amount_gbp, pounds_gbp, false from inside where pounds_gbp <> inside.amount_gbp
)
select reason, count(*) filter (wholly), sum(amount_gbp), sum(less_gbp)
from judged_lines
where wholly or amount_gbp <> 0
group by reason
order by reason
"""
FROM_CELLS = """
select {reason} as reason, sum(lines)::bigint, coalesce(sum(amount_gbp), 0), 0
from (select * from line_cells where {scope}) lines
where not ({inside})
group by 1
order by 1
"""
PROJECTS = """
with chosen as ({chosen}),
{inside_lines}judged_lines as (
    select {reason} as reason, project_ref
    from (select * from judged where {scope}) lines left join inside on inside.line_no = lines.line_no
    where inside.line_no is null or lines.amount_gbp <> inside.amount_gbp
    union all
    select '{rest}', project_ref
    from inside join judged on judged.line_no = inside.line_no where pounds_gbp <> inside.amount_gbp
)
select reason, count(distinct project_ref) from judged_lines where reason in {asked} group by reason
"""
ORDINARY = ("other_stage", "other_kind", "part_of", "withdrawal")
"""Reasons that nobody is told of in words: what they leave out is counted, but not by project."""
LINE_DIMENSIONS = (SKILL_AREA, GRANT_YEAR, EXPERT_TYPE)
"""What all lines of a project share, and each of them states."""
PENNY = Decimal("0.01")
EVERY_KIND = ("both", "efficiency_saving", "income_generation", "unclear")
NO_YEAR = ("year_not_stated", "first_year is null or (first_year <> last_year and basis <> 'per_year')")


def left_out_query(measures: tuple[Measure, ...], selection: Selection, factors: Factors | None) -> Clause:
    """The query of what a number of these measures leaves out, in cash terms; `left_out_of` reads its rows.

    The pounds of all lines in view are those in the number, in cash terms, and those left out, to the penny. Measures
    of another source than the first are not looked at.
    """
    counted = alike(measures)
    if _from_cells(counted, selection, factors):
        return _cells_query(counted, selection)
    return lines_query_of_left_out(counted, selection, factors)


def lines_query_of_left_out(counted: tuple[Measure, ...], selection: Selection, factors: Factors | None) -> Clause:
    """The same from every line by itself, which any question can be answered from."""
    parts, values = _parts(counted, selection, factors)
    return Clause(LEFT_OUT.format(**parts), values)


def projects_query(
    measures: tuple[Measure, ...], selection: Selection, factors: Factors | None, reasons: Sequence[str]
) -> Clause | None:
    """The query of how many projects a reason leaves out a line of, for the reasons that are told in words."""
    asked = [reason for reason in reasons if reason not in ORDINARY]
    if not asked:
        return None
    counted = alike(measures)
    parts, values = _parts(counted, selection, factors)
    return Clause(PROJECTS.format(**parts, asked=quoted(asked)), values)


def left_out_of(rows: Sequence[tuple[str, int, Decimal, Decimal]], projects: Mapping[str, int]) -> tuple[LeftOut, ...]:
    """The rows of the query, with what of a line's pounds is in the number rounded as the number is: both add up."""
    return tuple(
        LeftOut(
            reason,
            lines,
            projects.get(reason),
            (amount - Decimal(less).quantize(PENNY, rounding=ROUND_HALF_EVEN)).quantize(PENNY),
        )
        for reason, lines, amount, less in rows
    )


def _parts(
    counted: tuple[Measure, ...], selection: Selection, factors: Factors | None
) -> tuple[dict[str, str], tuple[Any, ...]]:
    first = counted[0]
    rows = chosen(first.source, (), selection, factors, priced=False)
    scope = project_scope(selection)
    pounds = {measure.pounds for measure in counted}
    inside_lines = INSIDE.format(
        source=derived(first, (), selection),
        inside=any_of(counted).sql,
        pounds=pounds.pop() if len(pounds) == 1 else "amount_gbp",
    )
    parts = {
        "chosen": rows.sql,
        "inside_lines": inside_lines,
        "reason": _reason(counted, selection, factors, "inside.line_no is not null"),
        "rest": first.rest,
        "scope": scope.sql,
    }
    return parts, (*rows.values, *scope.values)


def _reason(counted: tuple[Measure, ...], selection: Selection, factors: Factors | None, is_inside: str) -> str:
    return REASON.format(
        stages=quoted(stages_of(counted)),
        kinds=quoted(sorted({kind for measure in counted for kind in measure.kinds or EVERY_KIND})),
        pairs=quoted(sorted(_pairs(counted))),
        is_inside=is_inside,
        partly=_partly(counted[0], selection),
        reasons=" ".join(_reasons(counted, factors)),
    )


def _from_cells(counted: tuple[Measure, ...], selection: Selection, factors: Factors | None) -> bool:
    """Whether a line alone tells if it is in the number: by its sort, not by its years or its councils' shares."""
    whole = all(
        measure.source == "schedule" and measure.pounds == "amount_gbp" and measure.basis in ("total", "any")
        for measure in counted
    )
    by_line = (*LINE_DIMENSIONS, *(d for d in OUTCOME_DIMENSIONS if d is not FINANCIAL_YEAR))
    return whole and factors is None and all(dimension in by_line for dimension in restricted(selection))


def _cells_query(counted: tuple[Measure, ...], selection: Selection) -> Clause:
    scope, sorts = Clause(), Clause("fate = 'loaded' and reason is null and known")
    for dimension in restricted(selection):
        part = among(dimension, selection, dimension.column)
        if dimension in LINE_DIMENSIONS:
            scope = scope.and_(Clause("not no_project")).and_(part)
        else:
            sorts = sorts.and_(part)
    inside = sorts.and_(any_of(counted))
    # A comparison with nothing is nothing: what is not surely inside is outside.
    query = FROM_CELLS.format(
        reason=_reason(counted, selection, None, "false"), scope=scope.sql, inside=f"coalesce({inside.sql}, false)"
    )
    return Clause(query, (*scope.values, *inside.values))


def _pairs(measures: tuple[Measure, ...]) -> set[str]:
    return {
        f"{stage}{kind}"
        for measure in measures
        for stage in stages_of((measure,))
        for kind in measure.kinds or EVERY_KIND
    }


def _reasons(measures: tuple[Measure, ...], factors: Factors | None) -> list[str]:
    """The reasons that every one of the measures has, in their order, as branches of a case."""
    common = [one for one in measures[0].leaves_out if all(one in measure.leaves_out for measure in measures)]
    if factors is not None:
        years = ", ".join(str(year) for year, _ in factors)
        common += [NO_YEAR, ("no_price_index", f"first_year not in ({years})")]
    return [f"when {condition} then '{code}'" for code, condition in common]


def _partly(measure: Measure, selection: Selection) -> str:
    """Why a part of a line's pounds is outside: it lies in no year where the measure needs one, or is filtered out."""
    needs_year = measure.basis.startswith("in_year") or takes_prices(measure, selection)
    filtered = any(d is FINANCIAL_YEAR or d.by_council for d in restricted(selection))
    return "year_not_stated" if needs_year and not filtered else "outside_filters"
