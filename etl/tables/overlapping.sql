-- Stretches that overlap a wider one (the widest of them), and those that overlap one just as wide.
select
    part.project_ref, part.kind, part.stage, part.first_year, part.last_year,
    part.width, part.whole_gbp, part.first_line,
    arg_max(
        struct_pack(first_year := whole.first_year, last_year := whole.last_year),
        (whole.width, -whole.first_year)
    ) filter (whole.width > part.width) as container,
    bool_or(whole.width = part.width) as as_wide
from spans part
join spans whole
    on whole.project_ref = part.project_ref and whole.kind = part.kind and whole.stage = part.stage
    and (whole.first_year, whole.last_year) <> (part.first_year, part.last_year)
    and whole.first_year <= part.last_year and part.first_year <= whole.last_year
    and whole.width >= part.width
group by all
