-- Lines of a key of which nobody can tell what counts, and why; a line that a person decided on is settled.
select
    line.line_no,
    bool_or(keys.undecided is not null and keys.undecided) as between_reports,
    list_aggregate(
        list_transform(
            list_sort(list(distinct other.amount_gbp)), lambda amount: '£' || format('{:,}', amount::bigint)
        ),
        'string_agg', ' and '
    ) as amounts
from crowded line
join crowded other
    on other.project_ref = line.project_ref and other.kind = line.kind and other.stage = line.stage
    and other.first_year is not distinct from line.first_year
    and other.last_year is not distinct from line.last_year
left join keys
    on keys.project_ref = line.project_ref and keys.kind = line.kind and keys.stage = line.stage
    and keys.first_year is not distinct from line.first_year
    and keys.last_year is not distinct from line.last_year
left join repeats on repeats.line_no = other.line_no
where line.verdict is null
group by line.line_no
having bool_or(coalesce(keys.undecided, false)) or bool_or(coalesce(repeats.differ, false))
