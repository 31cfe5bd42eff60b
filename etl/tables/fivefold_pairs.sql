-- Amounts of one project, kind, stage and benefit years that separate reports put fivefold or more apart.
select line.line_no, line.verdict, line.amount_gbp, groups.smallest_gbp, groups.largest_gbp
from neighbours line
join (
    select
        project_ref, kind, stage, first_year, last_year, basis, recurrence, cashability, net_or_gross,
        min(amount_gbp) as smallest_gbp,
        max(amount_gbp) as largest_gbp
    from neighbours
    where amount_gbp > 0
    group by all
    having count(*) > 1 and max(amount_gbp) >= getvariable('fivefold') * min(amount_gbp)
        and count(distinct (return_no, coalesce(reported_on, date '0001-01-01'))) > 1
) groups
    on groups.project_ref = line.project_ref and groups.kind = line.kind and groups.stage = line.stage
    and groups.basis = line.basis and groups.recurrence = line.recurrence
    and groups.cashability = line.cashability and groups.net_or_gross = line.net_or_gross
    and groups.first_year is not distinct from line.first_year
    and groups.last_year is not distinct from line.last_year
where line.amount_gbp > 0
