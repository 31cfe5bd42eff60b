-- Amounts with no year of a project, kind and stage that also has amounts with years: one may hold the others.
with without_year as materialized (
    select line_no, project_ref, kind, stage, amount_gbp from counting where first_year is null
),
with_years as (
    select distinct project_ref, kind, stage
    from counting
    where first_year is not null and project_ref in (select project_ref from without_year)
)
select without_year.line_no, without_year.amount_gbp
from without_year
join with_years
    on with_years.project_ref = without_year.project_ref and with_years.kind = without_year.kind
    and with_years.stage = without_year.stage
