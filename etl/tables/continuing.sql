-- Amounts that repeat (recurring, or an amount a year), by year, with the pounds that continue from the last earlier
-- year of the same project, kind and stage. That is the year before, or, after a gap, the year before the gap: a
-- saving is not new twice. What is one-off continues nothing. Lines of one year take the continuing pounds in their
-- order; a negative amount, which corrects its year, takes none.
with repeating as materialized (
    select line_no, project_no, kind, stage, financial_year, amount_gbp
    from placed
    where financial_year is not null and (basis = 'per_year' or recurrence = 'recurring')
),
years as (
    select project_no, kind, stage, financial_year, sum(amount_gbp) as year_gbp
    from placed
    where financial_year is not null and (basis = 'per_year' or recurrence <> 'one_off')
        and project_no in (select project_no from repeating)
    group by all
),
earlier as (
    select
        project_no, kind, stage, financial_year,
        lag(year_gbp) over series as before_gbp,
        lag(financial_year) over series as before_year
    from years
    window series as (partition by project_no, kind, stage order by financial_year)
)
select
    repeating.line_no,
    repeating.financial_year,
    earlier.before_year,
    greatest(0, least(amount_gbp, before_gbp - coalesce(sum(greatest(amount_gbp, 0)) over others, 0)))
        as continuing_gbp
from repeating
join earlier
    on earlier.project_no = repeating.project_no and earlier.kind = repeating.kind
    and earlier.stage = repeating.stage and earlier.financial_year = repeating.financial_year
where before_gbp is not null
window others as (
    partition by repeating.project_no, repeating.kind, repeating.stage, repeating.financial_year
    order by repeating.line_no rows between unbounded preceding and 1 preceding
)
