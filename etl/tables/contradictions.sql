-- Per-year lines that a total of the same project and kind contradicts, each with the longest such total.
-- A stage that is unclear may be any stage; two stated stages are never compared.
with yearly as materialized (
    select line_no, project_ref, kind, stage, amount_gbp, verdict
    from readable
    where basis = 'per_year' and stage <> 'withdrawn' and amount_gbp > 0
),
totals as (
    select
        line_no, project_ref, kind, stage, amount_gbp,
        greatest(1, last_year - first_year + 1) as benefit_years
    from readable
    where basis = 'total' and stage <> 'withdrawn' and amount_gbp > 0
        and first_year is not null and last_year is not null
        and project_ref in (select project_ref from yearly)
),
pairs as (
    select
        yearly.line_no,
        yearly.verdict,
        yearly.amount_gbp,
        total.amount_gbp as total_gbp,
        total.benefit_years as total_years,
        yearly.amount_gbp * total.benefit_years as yearly_in_all,
        greatest(yearly_in_all, total.amount_gbp) / least(yearly_in_all, total.amount_gbp) as times,
        total.line_no as total_line_no
    from yearly
    join totals total
        on total.project_ref = yearly.project_ref and total.kind = yearly.kind
        and (total.stage = yearly.stage or total.stage = 'unclear' or yearly.stage = 'unclear')
)
select
    line_no,
    verdict,
    amount_gbp,
    arg_max(total_gbp, (total_years, times, total_line_no)) as total_gbp,
    max(total_years) as total_years,
    arg_max(times, (total_years, times, total_line_no)) as times
from pairs
where greatest(yearly_in_all, total_gbp) >= getvariable('fivefold') * least(yearly_in_all, total_gbp)
group by line_no, verdict, amount_gbp
