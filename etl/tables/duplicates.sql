-- The same lead council, title, skill area, kind, stage, years and amount under another reference.
select line.line_no, groups.refs
from readable line
join (
    select
        lead_council, lower(project_title) as title, skill_area, kind, stage, first_year, last_year, amount_gbp,
        string_agg(distinct project_ref, ', ' order by project_ref) as refs
    from readable
    where project_title is not null and amount_gbp is not null and stage <> 'withdrawn'
    group by all
    having count(distinct project_ref) > 1
) groups
    on groups.lead_council = line.lead_council and groups.title = lower(line.project_title)
    and groups.skill_area = line.skill_area and groups.kind = line.kind and groups.stage = line.stage
    and groups.amount_gbp = line.amount_gbp
    and groups.first_year is not distinct from line.first_year
    and groups.last_year is not distinct from line.last_year
