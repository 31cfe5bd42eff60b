-- Lines that another line of their key sets aside, and why: a later report, the same again, or net beside gross.
select
    line.line_no,
    case
        when keys.all_the_same is false and line.reported_on is distinct from keys.counting_date then 'superseded'
        when keys.all_the_same is not null and (
            line.return_no <> keys.counting_return or line.reported_on is distinct from keys.counting_date
        ) then 'repeated'
        when repeats.gross_beside_net then 'gross_beside_net'
        when repeats.again then 'repeated'
    end as reason,
    null as whole_line_no
from crowded line
left join keys
    on keys.project_ref = line.project_ref and keys.kind = line.kind and keys.stage = line.stage
    and keys.first_year is not distinct from line.first_year
    and keys.last_year is not distinct from line.last_year
left join repeats on repeats.line_no = line.line_no
where line.verdict is null and reason is not null
    and not exists (select 1 from held where held.line_no = line.line_no)
