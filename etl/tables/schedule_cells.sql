-- The schedule added up over projects: one row for each combination of what its sums may be split by, so that a page
-- costs the same whatever the number of lines.
select
    stage, kind, basis, recurrence, cashability, net_or_gross, evidence_grade, skill_area, grant_year, expert_type,
    council, region, council_type, joint, financial_year,
    case when basis = 'per_year' then last_year end as last_year,
    amount_gbp is not null as known,
    new_gbp is not null as new_known,
    sum(amount_gbp) as amount_gbp,
    sum(new_gbp) as new_gbp
from schedule
group by all
