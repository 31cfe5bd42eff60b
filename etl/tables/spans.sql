-- Amounts of one project, kind and stage over one stretch of years, where the project has several stretches.
select
    project_ref, kind, stage, first_year, last_year,
    last_year - first_year + 1 as width,
    sum(whole_gbp) as whole_gbp,
    min(line_no) as first_line
from stretched
group by project_ref, kind, stage, first_year, last_year
