-- Lines of a project, kind and stage that has amounts over several stretches of years, one wider than a year.
with candidates as materialized (
    select line_no, project_ref, kind, stage, first_year, last_year, amount_gbp, whole_gbp, verdict
    from counting
    where first_year is not null and last_year is not null
        and project_ref in (select project_ref from readable where last_year > first_year)
)
select candidates.*
from candidates
join (
    select project_ref, kind, stage
    from candidates
    group by all
    having count(distinct (first_year, last_year)) > 1 and max(last_year - first_year) > 0
) groups
    on groups.project_ref = candidates.project_ref and groups.kind = candidates.kind
    and groups.stage = candidates.stage
