-- Plausible lines that share their key (project, kind, stage, benefit years) with another plausible line.
select line.*
from neighbours line
join (
    select project_ref, kind, stage, first_year, last_year
    from neighbours
    where not exists (select 1 from held where held.line_no = neighbours.line_no)
    group by all
    having count(*) > 1
) keys
    on keys.project_ref = line.project_ref and keys.kind = line.kind and keys.stage = line.stage
    and keys.first_year is not distinct from line.first_year
    and keys.last_year is not distinct from line.last_year
where not exists (select 1 from held where held.line_no = line.line_no)
