-- Readable lines that no rule holds, whose amount is known: the ones that may count.
select *
from readable
where amount_gbp is not null
    and stage <> 'withdrawn'
    and line_no not in (select line_no from findings where fate = 'held')
