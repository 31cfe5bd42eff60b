-- Lines of one report and key that do not differ in basis, recurrence or cashability: not parts of a whole.
-- Net beside gross are two ways to state one amount; otherwise equal amounts are one, and different ones a question.
select
    line_no,
    count(distinct amount_gbp) over same > 1
        and not (has_net and has_gross and classes = 2 and lines_of_class = 1) as differ,
    has_net and has_gross and net_or_gross = 'gross' as gross_beside_net,
    first_value(line_no) over (same order by (net_or_gross = 'net') desc, line_no) <> line_no as again
from (
    select
        *,
        count(*) over same as lines,
        count(*) over (same_class) as lines_of_class,
        bool_or(net_or_gross = 'net') over same as has_net,
        bool_or(net_or_gross = 'gross') over same as has_gross,
        count(distinct net_or_gross) over same as classes
    from crowded
    window
        same as (
            partition by
                project_ref, kind, stage, first_year, last_year, return_no, reported_on,
                basis, recurrence, cashability
        ),
        same_class as (
            partition by
                project_ref, kind, stage, first_year, last_year, return_no, reported_on,
                basis, recurrence, cashability, net_or_gross
        )
)
where lines > 1
window same as (
    partition by
        project_ref, kind, stage, first_year, last_year, return_no, reported_on,
        basis, recurrence, cashability
)
