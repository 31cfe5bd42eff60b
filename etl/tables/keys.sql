-- Keys that more than one report speaks of: which report counts, and whether anybody can tell.
select
    project_ref, kind, stage, first_year, last_year,
    arg_max(return_no, (coalesce(reported_on, date '0001-01-01'), -return_no)) as counting_return,
    max(reported_on) as counting_date,
    count(distinct parts) = 1 as all_the_same,
    count(distinct parts) > 1 and (
        bool_or(reported_on is null)
        or count(distinct parts) filter (reported_on = latest) > 1
    ) as undecided
from (
    select *, max(reported_on) over (partition by project_ref, kind, stage, first_year, last_year) as latest
    from reports
)
group by project_ref, kind, stage, first_year, last_year
having count(*) > 1
