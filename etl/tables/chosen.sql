-- Plausible lines that nobody has to decide on, each with the reason why it does not count, if there is one.
select
    line.*,
    case
        when line.verdict = 'withdraw' then 'decided_out'
        when line.verdict is not null then case when line.stage = 'unclear' then 'stage_unclear' end
        when keys.all_the_same is false and (
            line.reported_on is distinct from keys.counting_date
        ) then 'superseded'
        when keys.all_the_same is not null and (
            line.return_no <> keys.counting_return or line.reported_on is distinct from keys.counting_date
        ) then 'repeated'
        when repeats.gross_beside_net then 'gross_beside_net'
        when repeats.again then 'repeated'
        when line.line_no in (select line_no from withdrawn) then 'withdrawn'
        when line.stage = 'unclear' then 'stage_unclear'
    end as reason,
    case line.basis when 'per_year' then line.amount_gbp * line.benefit_years else line.amount_gbp end as whole_gbp
from plausible line
left join keys
    on keys.project_ref = line.project_ref and keys.kind = line.kind and keys.stage = line.stage
    and keys.first_year is not distinct from line.first_year
    and keys.last_year is not distinct from line.last_year
left join repeats on repeats.line_no = line.line_no
where line.line_no not in (select line_no from undecided)
