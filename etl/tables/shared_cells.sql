-- The schedule of joint projects as councils see it, added up as `schedule_cells`.
select
    stage, kind, basis, recurrence, cashability, net_or_gross, evidence_grade, skill_area, grant_year, expert_type,
    council, region, council_type, joint, financial_year,
    case when basis = 'per_year' then last_year end as last_year,
    amount_gbp is not null as known,
    new_gbp is not null as new_known,
    sum(amount_gbp) as amount_gbp,
    sum(new_gbp) as new_gbp
from shared
group by all
