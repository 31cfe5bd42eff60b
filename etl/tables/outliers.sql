-- Amounts a hundred times the median of the project's other observations of that kind on the same basis. Only projects
-- whose amounts are so far apart can have one: they are found by a hash, and judged by the key itself.
with wide as (
    select of_basis
    from hashes
    where of_basis is not null
    group by of_basis
    having max(amount_gbp) >= getvariable('slip') * min(amount_gbp)
),
candidates as materialized (
    select line_no, project_ref, kind, basis, amount_gbp, verdict
    from readable
    where amount_gbp > 0 and line_no in (select line_no from hashes where of_basis in (select of_basis from wide))
),
-- An amount so far above the others stands in the upper half of all, so that the others' median is that of the two
-- amounts (or the one) in the middle of the lower n - 1. No line is compared with every other line.
groups as (
    select project_ref, kind, basis, count(*) as n, list_sort(list(amount_gbp)) as amounts
    from candidates
    group by all
    having n > 1
),
medians as (
    select * exclude (amounts, n), list_aggregate(amounts[n // 2:(n + 1) // 2], 'median') as others_median_gbp
    from groups
)
select line.line_no, line.verdict, line.amount_gbp, medians.others_median_gbp
from candidates line
join medians
    on medians.project_ref = line.project_ref and medians.kind = line.kind and medians.basis = line.basis
where line.amount_gbp >= getvariable('slip') * medians.others_median_gbp
