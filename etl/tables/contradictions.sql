-- Per-year lines that a total of the same project and kind contradicts, each with the longest such total.
-- A stage that is unclear may be any stage; two stated stages are never compared.
select
    yearly.line_no,
    arg_max(total.amount_gbp, (total.benefit_years, total.line_no)) as total_gbp,
    max(total.benefit_years) as total_years,
    arg_max(total.line_no, (total.benefit_years, total.line_no)) as total_line_no
from readable yearly
join readable total
    on total.project_ref = yearly.project_ref and total.kind = yearly.kind
    and (total.stage = yearly.stage or total.stage = 'unclear' or yearly.stage = 'unclear')
where yearly.basis = 'per_year' and total.basis = 'total' and total.first_year is not null
    and total.last_year is not null
    and 'withdrawn' not in (yearly.stage, total.stage)
    and yearly.amount_gbp > 0 and total.amount_gbp > 0
    and (
        yearly.amount_gbp >= getvariable('fivefold') * total.amount_gbp / total.benefit_years
        or total.amount_gbp / total.benefit_years >= getvariable('fivefold') * yearly.amount_gbp
    )
group by yearly.line_no
