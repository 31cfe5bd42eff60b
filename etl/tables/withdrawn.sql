-- Lines that a later (or undated) withdrawal of the same project and kind takes out of totals. One that names
-- years takes the lines whose years lie within them, and no wider one.
with withdrawals as materialized (
    select project_ref, kind, first_year, last_year, reported_on
    from readable
    where stage = 'withdrawn' and not exists (select 1 from held where held.line_no = readable.line_no)
)
select distinct line.line_no, 'withdrawn' as reason, null as whole_line_no
from plausible line
join withdrawals withdrawal
    on withdrawal.project_ref = line.project_ref and withdrawal.kind = line.kind
    and (
        (withdrawal.first_year is null and withdrawal.last_year is null)
        or (
            line.first_year >= coalesce(withdrawal.first_year, 0)
            and coalesce(line.last_year, 9999) <= coalesce(withdrawal.last_year, 9999)
        )
    )
    and coalesce(line.reported_on <= withdrawal.reported_on, true)
where line.verdict is null and not exists (select 1 from set_aside where set_aside.line_no = line.line_no)
