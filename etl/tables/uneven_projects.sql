-- Projects of which one line leaves out what another says, in the columns of `projects`: each cell is the latest that
-- is filled. `later` orders lines as one whole number: by date, the earlier line first. To gather every project so
-- would take many times as long.
with spoken as (
    select
        lines.* exclude (expert_days),
        datediff('day', date '0001-01-01', coalesce(reported_on, date '0001-01-01')) * 4294967296 - line_no as later
    from lines
    where project_ref in (select project_ref from latest where uneven)
        and not exists (select 1 from quarantined where quarantined.line_no = lines.line_no)
)
select
    min(line_no) as project_no,
    project_ref,
    arg_max(project_title, later) as title,
    arg_max(skill_area, later)::skill_area as skill_area,
    arg_max(skill_area_label, later) as skill_area_label,
    arg_max(lead_council, later) as lead_council,
    arg_max(grant_year, later) as grant_year,
    arg_max(grant_gbp, later) as grant_gbp,
    arg_max(council_cost_gbp, later) as council_cost_gbp,
    arg_max(expert_type, later)::expert_type as expert_type,
    arg_max(partner_councils, later) filter (len(partner_councils) > 0) as partner_councils,
    arg_max(shares, later) filter (shares is not null) as shares,
    bool_and(publishable) as publishable
from spoken
group by project_ref
