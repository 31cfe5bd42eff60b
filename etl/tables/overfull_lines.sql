-- The lines behind stretches that do not fit into each other: the whole and its parts, all to be held.
select distinct line.line_no, line.verdict, line.amount_gbp, overfull.whole_gbp, overfull.parts_gbp, overfull.as_wide
from stretched line
left join overlapping part
    on part.project_ref = line.project_ref and part.kind = line.kind and part.stage = line.stage
    and part.first_year = line.first_year and part.last_year = line.last_year
join overfull
    on overfull.project_ref = line.project_ref and overfull.kind = line.kind and overfull.stage = line.stage
    and (
        (overfull.first_year = line.first_year and overfull.last_year = line.last_year)
        or (overfull.first_year = part.container.first_year and overfull.last_year = part.container.last_year)
    )
