-- Lines of single years, three or more, in which one return states one thing of a project, and each says more than the
-- one before. Where the last is what the others come to, it may be their total. Candidates are found by a hash.
with keys as (
    select of_series from hashes where of_series is not null group by of_series having count(*) > 2
),
candidates as materialized (
    select *
    from readable
    where first_year = last_year and amount_gbp > 0 and stage <> 'withdrawn' and basis <> 'per_year'
        and line_no in (select line_no from hashes where of_series in (select of_series from keys))
),
groups as (
    select
        project_ref, kind, stage, return_no, reported_on, basis, recurrence, cashability, net_or_gross,
        list(amount_gbp order by first_year) as amounts,
        amounts[-1] as last_gbp,
        list_sum(amounts[:-2]) = last_gbp as ends_in_total,
        max(first_year) as last_year
    from candidates
    group by all
    having count(*) > 2 and count(distinct first_year) = count(*) and list_sort(amounts) = amounts
        and len(list_distinct(amounts)) = len(amounts)
)
select line.line_no, line.verdict, line.amount_gbp, groups.last_gbp, groups.ends_in_total,
    line.first_year = groups.last_year as is_last
from candidates line
join groups
    on groups.project_ref = line.project_ref and groups.kind = line.kind and groups.stage = line.stage
    and groups.return_no = line.return_no and groups.reported_on is not distinct from line.reported_on
    and groups.basis = line.basis and groups.recurrence = line.recurrence
    and groups.cashability = line.cashability and groups.net_or_gross = line.net_or_gross
