-- Stretches whose parts are more than the whole, or that overlap one just as wide: a person must say which holds.
select
    whole.project_ref, whole.kind, whole.stage, whole.first_year, whole.last_year,
    whole.whole_gbp,
    coalesce(sum(part.whole_gbp) filter (part.width = 1), 0) as parts_gbp,
    false as as_wide
from spans whole
join overlapping part
    on part.project_ref = whole.project_ref and part.kind = whole.kind and part.stage = whole.stage
    and part.container.first_year = whole.first_year and part.container.last_year = whole.last_year
group by all
having coalesce(sum(part.whole_gbp) filter (part.width = 1), 0) > whole.whole_gbp
    or max(part.whole_gbp) > whole.whole_gbp
union all
select project_ref, kind, stage, first_year, last_year, whole_gbp, whole_gbp, true
from overlapping
where as_wide and container is null
