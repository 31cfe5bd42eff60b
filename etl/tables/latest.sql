-- Every project of a readable line: its number, which is that of its first line, its latest line (by the date of the
-- report, then the earlier line), and whether its lines differ in which cells they fill.
with spoken as (
    select
        line_no, project_ref, publishable,
        datediff('day', date '0001-01-01', coalesce(reported_on, date '0001-01-01')) * 4294967296 - line_no as later,
        (project_title is not null)::integer
            + 2 * (skill_area is not null)::integer
            + 4 * (skill_area_label is not null)::integer
            + 8 * (lead_council is not null)::integer
            + 16 * (grant_year is not null)::integer
            + 32 * (grant_gbp is not null)::integer
            + 64 * (council_cost_gbp is not null)::integer
            + 128 * (expert_type is not null)::integer
            + 256 * coalesce(len(partner_councils) > 0, false)::integer
            + 512 * (shares is not null)::integer as filled
    from lines
    where not exists (select 1 from quarantined where quarantined.line_no = lines.line_no)
)
select
    project_ref,
    min(line_no) as project_no,
    arg_max(line_no, later) as last_line,
    bool_and(publishable) as publishable,
    bit_or(filled) <> bit_and(filled) as uneven
from spoken
group by project_ref
