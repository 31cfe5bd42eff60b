"""Composes the queries of measures, dimensions and a selection; refuses those whose answer would mislead."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any

from dashboard.dimensions import (
    ASSUMPTION,
    CLAIM,
    EVIDENCE_GRADE,
    FINANCIAL_YEAR,
    KIND,
    OBSERVATION,
    OUTCOME_DIMENSIONS,
    STAGE,
    STANDING,
    Dimension,
)
from dashboard.measures import COUNCILS, LOW_RANK, MATCHED_STAGES, MEASURES, PROJECTS, STAGES, TOTALS, Measure
from dashboard.refusals import Refused, sort_of
from dashboard.selection import Selection
from dashboard.sources import (
    Clause,
    Factors,
    chosen,
    column_in,
    derived,
    in_cells,
    restricted,
    table_of,
    where_in,
)

NORMAL_95 = Decimal("1.959963984540054")
PLACES = {"GBP": Decimal("0.01"), "percent": Decimal("0.0001"), "pounds_per_pound": Decimal("0.0001")}
RANKED = "list_sort(list(project_gbp))"


def refuse(measure: Measure, by: tuple[Dimension, ...], selection: Selection, examples: bool) -> None:
    """Raises Refused where the answer would mislead, with the reason and what to ask instead."""
    if examples and not measure.examples:
        raise Refused("examples_not_averaged", f"'{measure.id}' is not given for this collection.", total_in(measure))
    _refuse_split(measure, by)
    _refuse_part(measure, by, selection)
    _refuse_prices(measure, selection)
    kinds = selection.values(KIND)
    if measure.kinds and kinds and not set(kinds) & set(measure.kinds):
        raise Refused(
            "kind_conflict",
            f"'{measure.id}' counts {measure.worded}, and the selection asks for {', '.join(kinds)}.",
            tuple(one.id for kind in kinds for one in _alike(measure, kind)),
        )


def _alike(measure: Measure, kind: str) -> list[Measure]:
    """The measures that say the same of another kind."""

    def form(one: Measure) -> tuple[str, ...]:
        return (one.unit, one.aggregate, one.source, one.pounds)

    sort = replace(sort_of(measure), kinds=(kind,))
    return [one for one in MEASURES.values() if sort_of(one) == sort and form(one) == form(measure)]


def _refuse_split(measure: Measure, by: tuple[Dimension, ...]) -> None:
    line_by_line = {"observations": OBSERVATION, "claims": CLAIM}.get(measure.source)
    if line_by_line and line_by_line not in by:
        raise Refused("never_summed", f"'{measure.id}' was not given. Split it by {line_by_line.id}.")
    if measure.source == "assumptions" and by != (ASSUMPTION,):
        raise Refused("no_amount", f"'{measure.id}' was not given. Split it by assumption.", total_in(measure))
    foreign = [d.id for d in by if (d is CLAIM) != (measure.source == "claims")]
    foreign += [d.id for d in by if d is ASSUMPTION and measure.source != "assumptions"]
    foreign += [d.id for d in by if d in (OBSERVATION, STANDING) and measure.source != "observations"]
    foreign += [d.id for d in by if d is EVIDENCE_GRADE and measure.id.startswith("well_evidenced")]
    if measure.source in ("observations", "claims"):
        foreign += [d.id for d in by if d.id in ("council_today", "joint")]
    if foreign:
        raise Refused("not_of_this_measure", f"'{measure.id}' cannot be split by {foreign[0]}.")


def _refuse_part(measure: Measure, by: tuple[Dimension, ...], selection: Selection) -> None:
    """Refuses to lay what belongs to whole projects, or to two matched sides, on a part of their amounts."""
    parts = [dimension for dimension in (*OUTCOME_DIMENSIONS, STAGE) if dimension in by]
    if measure in (PROJECTS, COUNCILS) and parts:
        raise Refused(
            "no_single_value",
            f"'{measure.id}' cannot be split by {parts[0].label.lower()}.",
            ("reporting_projects",),
        )
    asked = [*parts, *(d for d in restricted(selection) if d in OUTCOME_DIMENSIONS)]
    belongs = asked if measure.source in ("costed", "projects") else parts
    if measure.whole_projects and belongs:
        raise Refused(
            "part_of_a_project", f"'{measure.id}' was not given by {belongs[0].label.lower()}.", total_in(measure)
        )
    _refuse_half_a_match(measure, asked)


def _refuse_half_a_match(measure: Measure, asked: Sequence[Dimension]) -> None:
    """Refuses a part of the amounts that a measure compares: by year too, unless it is the years that match."""
    if measure.source != "matched" and measure.source not in MATCHED_STAGES:
        return
    kept = (FINANCIAL_YEAR, KIND) if measure.source == "matched" else (KIND,)
    breaking = [dimension for dimension in asked if dimension not in kept]
    if breaking:
        raise Refused(
            "sides_would_not_match",
            f"'{measure.id}' was not given by {breaking[0].label.lower()}.",
            tuple(f"{measure.id.partition('_')[0]}_{stage}" for stage in ("achieved", "projected"))
            if measure.source == "matched"
            else total_in(measure),
        )


def _refuse_prices(measure: Measure, selection: Selection) -> None:
    if measure.prices == "present_value" and not selection.real:
        raise Refused(
            "price_base_needed", f"'{measure.id}' was not given. Name the year, as in 2024-25.", total_in(measure)
        )
    if selection.real and measure.source in ("costed", "powered"):
        raise Refused("not_in_prices", f"'{measure.id}' is given in cash terms only.", total_in(measure))
    if selection.real and measure.source in MATCHED_STAGES:
        undated = f"'{measure.id}' is given in cash terms only, since amounts without a year have no other prices."
        raise Refused("sides_would_not_match", undated, total_in(measure))


def total_in(measure: Measure) -> tuple[str, ...]:
    """The id of the plain total that a measure is made of; a count of projects where it is made of none."""
    totals = [one.id for noun in TOTALS.values() for one in noun.values() if one.id in measure.id]
    return (max(totals, key=len),) if totals else ("reporting_projects",)


def takes_prices(measure: Measure, selection: Selection) -> bool:
    """Whether the prices that a selection asks for change the measure: it adds pounds."""
    in_pounds = (measure.staged and measure.adds_pounds) or measure.source == "assumptions"
    return bool(selection.real and in_pounds)


def nothing(measure: Measure) -> int | None:
    """What a measure is worth where no row speaks of it: no projects are 0, an amount nobody reported is not known."""
    return 0 if measure.unit == "count" else None


def query_of(
    measure: Measure,
    by: tuple[Dimension, ...],
    selection: Selection,
    factors: Factors | None,
    also: tuple[Measure, ...] = (),
    cells: bool = True,
) -> Clause:
    """One measure's query: the codes of each row in the order of `by`, then the numbers that `value_of` takes.

    The numbers of `also` follow: measures that differ from the first in nothing but their aggregates. It is taken from
    what was added up beforehand where that holds all that is asked; never if not `cells`.
    """
    rows = chosen(measure.source, by, selection, factors, cells=cells and in_cells((measure,), by, selection))
    columns = [f"{column_in(dimension, measure.source)} as c{place}" for place, dimension in enumerate(by)]
    codes = [f"c{place}" for place in range(len(by))]
    inner = f"(select {', '.join([*columns, '*'])} from {derived(measure, by, selection)} where {measure.rows})"
    if measure.grain:
        keys = ", ".join([*codes, *measure.grain])
        known = " where amount_gbp is not null" if measure.staged and measure.adds_pounds else ""
        inner = f"(select {keys}, {_filled(measure, measure.inner)} from {inner}{known} group by {keys})"
    numbers = [_filled(one, number) for one in (measure, *also) for number in _numbers(one)]
    asked = ", ".join([*codes, *numbers])
    group = f" group by {', '.join(codes)}" if codes else ""
    return Clause(f"with chosen as ({rows.sql}) select {asked} from {inner}{group}", rows.values)


def _filled(measure: Measure, sql: str) -> str:
    return sql.replace("{pounds}", measure.pounds)


def _numbers(measure: Measure) -> list[str]:
    numbers = [measure.aggregate] + ([measure.over] if measure.over else [])
    if measure.interval == "ranks":
        numbers += [f"{RANKED}[nullif({LOW_RANK}, 0)]", f"{RANKED}[count(*) + 1 - nullif({LOW_RANK}, 0)]"]
    return numbers


def values_of(measures: Sequence[Measure], numbers: Sequence[Any]) -> dict[str, Any]:
    """The numbers of one query of several measures as the values of a row."""
    found, place = {}, 0
    for measure in measures:
        width = len(_numbers(measure))
        found |= value_of(measure, numbers[place : place + width])
        place += width
    return found


def value_of(measure: Measure, numbers: Sequence[Any]) -> dict[str, Any]:
    """The numbers of a query as the values of a row, by `measure.numbers`: ratios divided, rounded half-even once."""
    if measure.interval == "ranks":
        value, low, high = (rounded(measure, number) for number in numbers)
        return {measure.id: value, f"{measure.id}_low": low, f"{measure.id}_high": high}
    if not measure.over and not measure.of:
        return {measure.id: rounded(measure, numbers[0])}
    part, whole = numbers
    if not whole:
        return dict.fromkeys(measure.numbers)
    found = {measure.id: rounded(measure, _ratio(measure, Decimal(part or 0) / Decimal(whole)))}
    if measure.interval == "wilson":
        low, high = wilson(int(part), int(whole))
        found |= {
            f"{measure.id}_low": rounded(measure, low * 100),
            f"{measure.id}_high": rounded(measure, high * 100),
        }
    return found


def _ratio(measure: Measure, ratio: Decimal) -> Decimal:
    return ratio * 100 if measure.unit == "percent" else ratio


def rounded(measure: Measure, value: Any) -> Any:
    """A value with the places of its unit, half-even."""
    if value is None or measure.unit == "count":
        return value
    return Decimal(value).quantize(PLACES[measure.unit], rounding=ROUND_HALF_EVEN)


def wilson(part: int, whole: int) -> tuple[Decimal, Decimal]:
    """The ends of the 95% Wilson score interval of `part` of `whole`, as shares of 1. `whole` is above zero.

    Source: Wilson (1927), Probable inference, the law of succession, and statistical inference.
    """
    share, squared = Decimal(part) / whole, NORMAL_95**2
    middle = share + squared / (2 * whole)
    spread = NORMAL_95 * (share * (1 - share) / whole + squared / (4 * whole**2)).sqrt()
    scale = 1 + squared / whole
    return max(Decimal(0), (middle - spread) / scale), min(Decimal(1), (middle + spread) / scale)


def behind(
    measures: tuple[Measure, ...],
    by: tuple[Dimension, ...],
    selection: Selection,
    factors: Factors | None,
    cells: bool = False,
    priced: bool = False,
) -> tuple[Clause, str]:
    """The rows behind those measures that share the source of the first: `with chosen as …`, and what to select from.

    Their pounds are in cash terms, in whatever prices the measures are, if not `priced`. With `cells` they come added
    up.
    """
    counted = of_one_source(measures)
    first = counted[0]
    rows = chosen(first.source, by, selection, factors, priced, cells and in_cells(counted, by, selection))
    known = " and amount_gbp is not null" if first.staged else ""
    return Clause(f"with chosen as ({rows.sql})", rows.values), (
        f"{derived(first, by, selection)} where ({any_of(counted).sql}){known}"
    )


def sorts_query(total: Measure, selection: Selection, factors: Factors | None) -> Clause:
    """The query of the sorts of pounds of a total: grade, share, whether new is not stated, pounds, new pounds."""
    rows, source = behind((total,), (), selection, factors, priced=True)
    return Clause(
        f"{rows.sql} select coalesce(evidence_grade, 'not_graded'), attribution_share, new_gbp is null, "
        f"sum(amount_gbp), sum(coalesce(new_gbp, 0)) from {source} "
        "group by coalesce(evidence_grade, 'not_graded'), attribution_share, new_gbp is null, amount_gbp < 0",
        rows.values,
    )


def base_query(measures: tuple[Measure, ...], selection: Selection, factors: Factors | None) -> Clause:
    """The query of what a base splits its pounds by: net or gross, grade, unclear basis, no stated end, pounds."""
    rows, source = behind(measures, (), selection, factors, cells=True)
    return Clause(
        f"{rows.sql} select net_or_gross, coalesce(evidence_grade, 'not_graded'), basis = 'unclear', "
        f"basis = 'per_year' and last_year is null, sum(amount_gbp) from {source} group by all",
        rows.values,
    )


def added(sorts: Sequence[tuple[Any, ...]], column: int) -> tuple[tuple[Any, Decimal], ...]:
    """The pounds, in the last place of each row, by what stands in a column, in order."""
    found: dict[Any, Decimal] = {}
    for row in sorts:
        found[row[column]] = found.get(row[column], Decimal(0)) + row[-1]
    return tuple(sorted(found.items()))


def told_apart_query(
    measures: tuple[Measure, ...], by: tuple[Dimension, ...], selection: Selection, factors: Factors | None
) -> Clause:
    """The query of codes, projects and councils behind the measures, telling every project apart from the others."""
    rows, source = behind(measures, by, selection, factors)
    columns = [f"{column_in(dimension, measures[0].source)} as c{place}" for place, dimension in enumerate(by)]
    named = "".join(f"c{place}, " for place in range(len(by)))
    group = f"group by {', '.join(map(str, range(1, len(by) + 1)))}" if by else ""
    return Clause(
        f"{rows.sql} select {named}count(distinct rows.project_no), count(distinct bodies.council) "
        f"from (select distinct {', '.join([*columns, 'project_no'])} from {source}) rows "
        f"left join project_councils bodies on bodies.project_no = rows.project_no {group}",
        rows.values,
    )


PLACE_OF_A_LINE = (
    "line_id", "file", "sha256", "sheet", "row", "cell_column", "given", "project_ref", "project_title", "council",
    "kind", "stage", "basis", "recurrence", "years", "amount_gbp", "fate", "standing", "why", "reported_on",
    "evidence_grade", "source_title", "source_url", "source_quote", "notes",
)  # fmt: skip
"""What lineage says of a line: where it stands, and what was read there."""
_PLACES = ", ".join(f"{'returns' if name == 'sha256' else 'lines'}.{name}" for name in PLACE_OF_A_LINE)
_LINES = f"select {{pounds}}, {_PLACES} from {{lines}} join returns on returns.return_no = lines.return_no"


def line_query(line_id: str) -> Clause:
    """The query of one line: nothing, then PLACE_OF_A_LINE."""
    return Clause(f"{_LINES.format(pounds='null', lines='observations lines')} where lines.line_id = ?", (line_id,))


def lines_query(measure: Measure, selection: Selection, factors: Factors | None, most: int | None = None) -> Clause:
    """The query of the lines behind a measure: pounds in it (none for a count), then PLACE_OF_A_LINE.

    In the order of their files and rows; with `most` only so many, those of most pounds, and these first.
    """
    if not measure.staged:
        return _lines_of_projects(measure, selection, most)
    rows = chosen(measure.source, (), selection, factors)
    pounds = f"sum({measure.pounds})" if measure.adds_pounds else "null"
    inside = (
        f"select line_no, {pounds} as pounds_gbp from {derived(measure, (), selection)} "
        f"where {measure.rows} and amount_gbp is not null group by line_no"
        f"{f' order by abs(pounds_gbp) desc, line_no limit {most:d}' if most else ''}"
    )
    listed = _LINES.format(
        pounds="pounds_gbp", lines="inside join observations lines on lines.line_no = inside.line_no"
    )
    order = "abs(pounds_gbp) desc, lines.line_no" if most else "lines.line_no"
    return Clause(f"with chosen as ({rows.sql}), inside as ({inside}) {listed} order by {order}", rows.values)


def _lines_of_projects(measure: Measure, selection: Selection, most: int | None) -> Clause:
    where = where_in("observations", selection)
    listed = _LINES.format(pounds="null", lines=f"(select * from observations where {where.sql}) lines")
    read = "true" if measure.per_line else "lines.fate <> 'quarantined'"
    limit = f" limit {most:d}" if most else ""
    return Clause(f"{listed} where {read} order by lines.line_no{limit}", where.values)


def projects_of_lines_query(line_ids: Sequence[str]) -> Clause:
    """The query of lines with the project of each: line id, project reference."""
    return Clause(
        "select line_id, project_ref from observations where line_id in (select unnest(?))", (list(line_ids),)
    )


def entered_query(measure: Measure, line_id: str) -> Clause:
    """The query of how many rows a line has in a measure, and of its pounds there in cash terms (none for a count)."""
    pounds = f"sum({measure.pounds})" if measure.adds_pounds else "null"
    return Clause(
        f"with chosen as (select * from {table_of(measure.source, (), Selection())}) select count(*), {pounds} "
        f"from {derived(measure, (), Selection())} where {measure.rows} and amount_gbp is not null "
        "and line_no = (select line_no from observations where line_id = ?)",
        (line_id,),
    )


def any_of(measures: tuple[Measure, ...]) -> Clause:
    """Rows that any of the measures counts."""
    return Clause(" or ".join(f"({measure.rows})" for measure in measures) or "true")


def outcomes_of(measures: tuple[Measure, ...]) -> tuple[Measure, ...]:
    """Those measures that look at outcomes; of the ends of a range the totals that they are the ends of."""
    plain = [MEASURES[total_in(one)[0]] if one.source == "assumptions" else one for one in measures]
    return tuple(dict.fromkeys(one for one in plain if one.staged))


def alike(measures: tuple[Measure, ...]) -> tuple[Measure, ...]:
    """Those measures that are read from the same source as the first of them that adds up outcomes, or as the first."""
    return of_one_source(tuple(measure for measure in measures if measure.staged) or measures)


def of_one_source(measures: tuple[Measure, ...]) -> tuple[Measure, ...]:
    """Those measures that are read from the same source as the first."""
    return tuple(measure for measure in measures if measure.source == measures[0].source)


def stages_of(measures: tuple[Measure, ...]) -> tuple[str, ...]:
    """The stages whose amounts the measures count."""
    found = {measure.stage for measure in measures if measure.stage}
    if any(measure.source == "matched" for measure in measures):
        found |= {"achieved", "projected"}
    return tuple(stage for stage in STAGES if stage in found) or STAGES
