-- Lines about which there is something to say: the gravest fate that a finding gives, why they do not count, or the
-- line that they are part of. Most lines are not here: they are loaded, and count.
-- Few lines have several findings, and only of those are the messages put in order and together.
with said as not materialized (
    select line_no, fate, code, message, null as reason, null::integer as whole_line_no
    from findings
    where fate is not null and line_no is not null
    union all by name
    select * from set_aside
),
summed as (
    select
        line_no,
        case when bool_or(fate = 'quarantined') then 'quarantined' when bool_or(fate = 'held') then 'held' end as fate,
        count(message) as messages,
        any_value(message) as message,
        any_value(reason) as reason,
        any_value(whole_line_no) as whole_line_no
    from said
    group by line_no
),
several as (
    select line_no, string_agg(message, ' ' order by code, message) as why
    from said
    where line_no in (select line_no from summed where messages > 1)
    group by line_no
)
select summed.line_no, fate, coalesce(several.why, message) as why, reason, whole_line_no
from summed
left join several on several.line_no = summed.line_no
