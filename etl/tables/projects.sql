-- One row a project: what its latest report says of it. Held lines speak too; quarantined ones do not.
select
    row_number() over (order by project_ref)::integer as project_no,
    project_ref,
    arg_max(project_title, rank) filter (project_title is not null) as title,
    arg_max(skill_area, rank) as skill_area,
    arg_max(skill_area_label, rank) as skill_area_label,
    arg_max(lead_council, rank) as lead_council,
    arg_max(grant_year, rank) filter (grant_year is not null) as grant_year,
    arg_max(grant_gbp, rank) filter (grant_gbp is not null) as grant_gbp,
    arg_max(council_cost_gbp, rank) filter (council_cost_gbp is not null) as council_cost_gbp,
    arg_max(expert_type, rank) filter (expert_type is not null) as expert_type,
    arg_max(partner_councils, rank) filter (len(partner_councils) > 0) as partner_councils,
    arg_max(shares, rank) filter (shares is not null) as shares,
    bool_and(publishable) as publishable
from (
    select lines.*, (coalesce(lines.reported_on, date '0001-01-01'), -lines.line_no) as rank
    from lines
    join standings on standings.line_no = lines.line_no
    where standings.fate <> 'quarantined'
)
group by project_ref
