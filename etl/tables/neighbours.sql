-- Readable lines that share their key (project, kind, stage, benefit years) with another line, or seem to: keys are
-- told apart by a hash. Whoever reads this table compares the keys.
with keys as (
    select of_key from hashes group by of_key having count(*) > 1
)
select
    line_no, return_no, project_ref, kind, stage, basis, recurrence, cashability, net_or_gross,
    first_year, last_year, amount_gbp, reported_on, verdict
from readable
where amount_gbp is not null and stage <> 'withdrawn'
    and line_no in (select line_no from hashes where of_key in (select of_key from keys))
