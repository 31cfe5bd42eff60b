-- Amounts of one project, kind and stage over one stretch of years, where the project has several stretches.
select
    project_ref, kind, stage, first_year, last_year,
    last_year - first_year + 1 as width,
    sum(whole_gbp) as whole_gbp,
    min(line_no) as first_line
from chosen
where reason is null and first_year is not null and last_year is not null
    and (project_ref, kind, stage) in (
        select (project_ref, kind, stage)
        from chosen
        where reason is null and first_year is not null and last_year is not null
        group by project_ref, kind, stage
        having count(distinct (first_year, last_year)) > 1 and max(last_year - first_year) > 0
    )
group by project_ref, kind, stage, first_year, last_year
