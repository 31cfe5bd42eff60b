-- What each report (one return at one report date) says of a key: project, kind, stage and benefit years.
-- `parts` writes its amounts out, so that two reports that say the same can be told from two that differ.
select
    project_ref, kind, stage, first_year, last_year, return_no, reported_on,
    string_agg(
        concat_ws('/', basis, recurrence, cashability, net_or_gross, amount_gbp), ' '
        order by basis, recurrence, cashability, net_or_gross, amount_gbp
    ) as parts,
    bool_or(net_or_gross = 'net') and bool_or(net_or_gross = 'gross') as both_net_and_gross
from crowded
group by all
