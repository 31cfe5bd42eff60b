-- One row a project: what its latest report says of it. Held lines speak too; quarantined ones do not.
-- Where all lines of a project fill the same cells, its latest line says it all. The others are `uneven_projects`.
with latest_lines as (
    select readable.* exclude (publishable), latest.project_no, latest.publishable
    from latest
    join readable on readable.line_no = latest.last_line
    where not uneven
)
select
    project_no,
    project_ref,
    project_title as title,
    skill_area::skill_area as skill_area,
    skill_area_label,
    bodies.lead_council,
    grant_year,
    grant_gbp,
    council_cost_gbp,
    expert_type::expert_type as expert_type,
    case when len(bodies.partner_councils) > 0 then bodies.partner_councils end as partner_councils,
    shares,
    publishable
from latest_lines line
left join bodies
    on bodies.lead_typed is not distinct from line.lead_council
    and bodies.partners_typed is not distinct from line.partner_councils
    and bodies.at_date is not distinct from line.at_date
