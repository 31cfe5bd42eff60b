-- Every line with its fate and, where it is loaded, its standing and the reason for it.
with fates as (
    select line_no, min(case fate when 'quarantined' then 1 when 'held' then 2 else 3 end) as gravest
    from findings
    where fate is not null and line_no is not null
    group by line_no
)
select
    lines.line_no,
    case fates.gravest when 1 then 'quarantined' when 2 then 'held' else 'loaded' end as fate,
    case
        when fates.gravest is not null then null
        when lines.stage = 'withdrawn' then 'left_out'
        when lines.amount_gbp is null then 'left_out'
        when chosen.reason = 'superseded' then 'superseded'
        when chosen.reason is not null then 'left_out'
        when parts.line_no is not null then 'part_of'
        else 'counts'
    end as standing,
    case
        when fates.gravest is not null then null
        when lines.stage = 'withdrawn' then 'withdrawal'
        when lines.amount_gbp is null and coalesce(lines.amount_low_gbp, lines.amount_high_gbp) is not null
            then 'bounds_only'
        when lines.amount_gbp is null then 'amount_unknown'
        when chosen.reason is not null then chosen.reason
        when parts.line_no is not null then 'part_of'
    end as reason,
    parts.whole_line_no
from lines
left join fates on fates.line_no = lines.line_no
left join chosen on chosen.line_no = lines.line_no
left join parts on parts.line_no = lines.line_no
