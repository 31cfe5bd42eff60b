-- Lines that a later (or undated) withdrawal of the same project and kind takes out of totals. One that names
-- years takes the lines whose years lie within them, and no wider one.
select distinct line.line_no
from plausible line
join readable withdrawal
    on withdrawal.project_ref = line.project_ref and withdrawal.kind = line.kind
    and withdrawal.stage = 'withdrawn'
    and withdrawal.line_no not in (select line_no from findings where fate = 'held')
    and (
        (withdrawal.first_year is null and withdrawal.last_year is null)
        or (
            line.first_year >= coalesce(withdrawal.first_year, 0)
            and coalesce(line.last_year, 9999) <= coalesce(withdrawal.last_year, 9999)
        )
    )
    and coalesce(line.reported_on <= withdrawal.reported_on, true)
