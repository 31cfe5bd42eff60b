-- Plausible lines that nothing sets aside: those that count, or are part of a wider amount that does.
select *
from plausible
where (verdict is null or verdict <> 'withdraw') and stage <> 'unclear'
    and not exists (select 1 from set_aside where set_aside.line_no = plausible.line_no)
