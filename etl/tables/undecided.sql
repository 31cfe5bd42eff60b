-- Lines of a key of which nobody can tell what counts, and why; a line that a person decided on is settled.
with disputed as (
    select
        line.project_ref, line.kind, line.stage, line.first_year, line.last_year,
        bool_or(coalesce(keys.undecided, false)) as between_reports,
        list_aggregate(
            list_transform(
                list_sort(list(distinct line.amount_gbp)), lambda amount: '£' || format('{:,}', amount::bigint)
            ),
            'string_agg', ' and '
        ) as amounts
    from crowded line
    left join keys
        on keys.project_ref = line.project_ref and keys.kind = line.kind and keys.stage = line.stage
        and keys.first_year is not distinct from line.first_year
        and keys.last_year is not distinct from line.last_year
    left join repeats on repeats.line_no = line.line_no
    group by all
    having between_reports or bool_or(coalesce(repeats.differ, false))
)
select line.line_no, line.verdict, line.amount_gbp, disputed.between_reports, disputed.amounts
from crowded line
join disputed
    on disputed.project_ref = line.project_ref and disputed.kind = line.kind and disputed.stage = line.stage
    and disputed.first_year is not distinct from line.first_year
    and disputed.last_year is not distinct from line.last_year
where line.verdict is null
