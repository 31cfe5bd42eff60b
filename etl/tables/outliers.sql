-- Amounts a hundred times the median of the project's other observations of that kind on the same basis.
select line.line_no, median(other.amount_gbp) as others_median_gbp
from readable line
join (
    select project_ref, kind, basis
    from readable
    where amount_gbp > 0
    group by all
    having max(amount_gbp) >= getvariable('slip') * min(amount_gbp)
) wide on wide.project_ref = line.project_ref and wide.kind = line.kind and wide.basis = line.basis
join readable other
    on other.project_ref = line.project_ref and other.kind = line.kind and other.basis = line.basis
    and other.line_no <> line.line_no
where line.amount_gbp > 0 and other.amount_gbp > 0
group by line.line_no, line.amount_gbp
having line.amount_gbp >= getvariable('slip') * median(other.amount_gbp)
