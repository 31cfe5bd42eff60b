-- Per-year lines that a total of the same project and kind contradicts, each with the longest such total.
-- A stage that is unclear may be any stage; two stated stages are never compared.
with pairs as (
    select
        yearly.line_no,
        total.amount_gbp as total_gbp,
        total.benefit_years as total_years,
        yearly.amount_gbp * total.benefit_years as yearly_in_all,
        greatest(yearly_in_all, total.amount_gbp) / least(yearly_in_all, total.amount_gbp) as times,
        total.line_no as total_line_no
    from readable yearly
    join readable total
        on total.project_ref = yearly.project_ref and total.kind = yearly.kind
        and (total.stage = yearly.stage or total.stage = 'unclear' or yearly.stage = 'unclear')
    where yearly.basis = 'per_year' and total.basis = 'total'
        and total.first_year is not null and total.last_year is not null
        and 'withdrawn' not in (yearly.stage, total.stage)
        and yearly.amount_gbp > 0 and total.amount_gbp > 0
)
select
    line_no,
    arg_max(total_gbp, (total_years, times, total_line_no)) as total_gbp,
    max(total_years) as total_years,
    arg_max(times, (total_years, times, total_line_no)) as times
from pairs
where greatest(yearly_in_all, total_gbp) >= getvariable('fivefold') * least(yearly_in_all, total_gbp)
group by line_no
