-- A hash of what each line is compared by, where it is compared at all: its key, all but its council and reference, its
-- series of years, and its project, kind and basis. One narrow pass finds the few lines that may have to do with others;
-- what is compared then is the columns themselves, so that two of one hash do no harm.
select
    line_no,
    hash(project_ref, kind, stage, first_year, last_year) as of_key,
    case when project_title is not null and amount_gbp is not null and stage <> 'withdrawn'
        then hash(lower(project_title), skill_area, kind, stage, first_year, last_year, amount_gbp) end as of_all,
    case when first_year = last_year and amount_as_sent_gbp > 0
        then hash(project_ref, kind, stage, return_no) end as of_series,
    case when amount_gbp > 0 then hash(project_ref, kind, basis) end as of_basis,
    amount_gbp
from amended
