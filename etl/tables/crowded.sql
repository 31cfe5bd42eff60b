-- Plausible lines that share their key (project, kind, stage, benefit years) with another line.
select plausible.*
from plausible
join (
    select project_ref, kind, stage, first_year, last_year
    from plausible
    group by all
    having count(*) > 1
) keys
    on keys.project_ref = plausible.project_ref and keys.kind = plausible.kind and keys.stage = plausible.stage
    and keys.first_year is not distinct from plausible.first_year
    and keys.last_year is not distinct from plausible.last_year
