-- Readable lines that share their key (project, kind, stage, benefit years) with another line, or seem to: keys are
-- told apart by a hash, which costs one narrow pass over all lines. Whoever reads this table compares the keys.
with keys as (
    select hash(project_ref, kind, stage, first_year, last_year) as key from typed group by key having count(*) > 1
)
select
    line_no, return_no, project_ref, kind, stage, basis, recurrence, cashability, net_or_gross,
    first_year, last_year, amount_gbp, reported_on, verdict
from readable
where amount_gbp is not null and stage <> 'withdrawn'
    and hash(project_ref, kind, stage, first_year, last_year) in (select key from keys)
