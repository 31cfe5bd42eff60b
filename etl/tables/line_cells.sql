-- All judged lines added up: how many there are and their pounds, for each combination of what decides whether they are
-- in a number, and why not.
select
    fate, reason, stage, kind, basis, recurrence, cashability, net_or_gross, evidence_grade, skill_area, grant_year,
    expert_type, project_no is null as no_project,
    amount_gbp is not null as known,
    count(*) as lines,
    sum(amount_gbp) as amount_gbp
from judged
group by all
