-- Readable lines that no rule holds, whose amount is known: the ones that may count.
select
    *,
    case basis when 'per_year' then amount_gbp * greatest(1, last_year - first_year + 1) else amount_gbp end as whole_gbp
from readable
where amount_gbp is not null and stage <> 'withdrawn'
    and not exists (select 1 from held where held.line_no = readable.line_no)
