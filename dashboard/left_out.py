"""What a number does not hold: every line of the selection's projects that is not in it, by reason, to the penny."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal

from dashboard.dimensions import FINANCIAL_YEAR
from dashboard.measures import Measure, quoted
from dashboard.query import alike, any_of, stages_of, takes_prices
from dashboard.selection import Selection
from dashboard.sources import Clause, Factors, chosen, derived, project_scope, restricted


@dataclass(frozen=True)
class LeftOut:
    """Lines of the selection that a number does not hold: why, how many, of how many projects, and their pounds."""

    reason: str
    lines: int
    projects: int
    amount_gbp: Decimal


LEFT_OUT = """
with chosen as ({chosen}),
by_year as (
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
judged as (
    select
        lines.project_ref,
        case
            when lines.fate <> 'loaded' then lines.fate
            when lines.stage in ('achieved', 'projected', 'identified') and lines.stage not in {stages}
                then 'other_stage'
            when lines.standing <> 'counts' then coalesce(lines.reason, lines.standing)
            when lines.kind in ('unclear', 'both') and lines.kind not in {kinds} and lines.basis <> 'per_year'
                then 'kind_' || lines.kind
            when lines.stage || lines.kind not in {pairs} then 'other_kind'
            when inside.line_no is not null then '{partly}'
            {reasons}
            else 'outside_filters'
        end as reason,
        coalesce(lines.amount_gbp, 0) - coalesce(inside.amount_gbp, 0) as amount_gbp,
        0 as less_gbp,
        inside.line_no is null as wholly
    from (select * from observations where {scope}) lines
    left join inside on inside.line_no = lines.line_no
    union all
    select project_ref, '{rest}', inside.amount_gbp, pounds_gbp, false
    from inside join observations lines on lines.line_no = inside.line_no
    where pounds_gbp <> inside.amount_gbp
)
select reason, count(*) filter (wholly), count(distinct project_ref), sum(amount_gbp), sum(less_gbp)
from judged
where wholly or amount_gbp <> 0
group by reason
order by reason
"""
PENNY = Decimal("0.01")
EVERY_KIND = ("both", "efficiency_saving", "income_generation", "unclear")
NO_YEAR = ("year_not_stated", "first_year is null or (first_year <> last_year and basis <> 'per_year')")


def left_out_query(measures: tuple[Measure, ...], selection: Selection, factors: Factors | None) -> Clause:
    """The query of what a number of these measures leaves out, in cash terms; `left_out_of` reads its rows.

    The pounds of all lines in view are those in the number, in cash terms, and those left out, to the penny. Measures
    of another source than the first are not looked at.
    """
    counted = alike(measures)
    first = counted[0]
    rows = chosen(first.source, (), selection, factors, priced=False)
    scope = project_scope(selection)
    pounds = {measure.pounds for measure in counted}
    stages, pairs = stages_of(counted), _pairs(counted)
    query = LEFT_OUT.format(
        chosen=rows.sql,
        source=derived(first, (), selection),
        inside=any_of(counted).sql,
        pounds=pounds.pop() if len(pounds) == 1 else "amount_gbp",
        stages=quoted(stages),
        kinds=quoted(sorted({kind for measure in counted for kind in measure.kinds or EVERY_KIND})),
        pairs=quoted(sorted(pairs)),
        reasons="\n            ".join(_reasons(counted, factors)),
        partly=_partly(first, selection),
        rest=first.rest,
        scope=scope.sql,
    )
    return Clause(query, (*rows.values, *scope.values))


def left_out_of(rows: Sequence[tuple[str, int, int, Decimal, Decimal]]) -> tuple[LeftOut, ...]:
    """The rows of the query, with what of a line's pounds is in the number rounded as the number is: both add up."""
    return tuple(
        LeftOut(reason, lines, projects, (amount - less.quantize(PENNY, rounding=ROUND_HALF_EVEN)).quantize(PENNY))
        for reason, lines, projects, amount, less in rows
    )


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
