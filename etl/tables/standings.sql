-- Lines about which there is something to say: the gravest fate that a finding gives, why they do not count, or the
-- line that they are part of. Most lines are not here: they are loaded, and count.
with said as (
    select line_no, fate, code, message, null as reason, null::integer as whole_line_no
    from findings
    where fate is not null and line_no is not null
    union all by name
    select * from set_aside
)
select
    line_no,
    case when bool_or(fate = 'quarantined') then 'quarantined' when bool_or(fate = 'held') then 'held' end as fate,
    string_agg(message, ' ' order by code, message) as why,
    any_value(reason) as reason,
    any_value(whole_line_no) as whole_line_no
from said
group by line_no
