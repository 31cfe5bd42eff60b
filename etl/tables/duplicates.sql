-- The same lead council, title, skill area, kind, stage, years and amount under another reference. Lines that may be
-- such are found by a hash of all but the council; they are then compared exactly.
with alike as (
    select of_all from hashes where of_all is not null group by of_all having count(*) > 1
),
candidates as materialized (
    select
        readable.line_no, readable.verdict, readable.project_ref, bodies.lead_council,
        lower(project_title) as title, skill_area, kind, stage, first_year, last_year, amount_gbp
    from readable
    join bodies
        on bodies.lead_typed = readable.lead_council
        and bodies.partners_typed is not distinct from readable.partner_councils
        and bodies.at_date is not distinct from readable.at_date
    where line_no in (select line_no from hashes where of_all in (select of_all from alike))
),
groups as (
    select
        lead_council, title, skill_area, kind, stage, first_year, last_year, amount_gbp,
        string_agg(distinct project_ref, ', ' order by project_ref) as refs
    from candidates
    group by all
    having count(distinct project_ref) > 1
)
select line.line_no, line.verdict, line.project_ref, groups.refs
from candidates line
join groups
    on groups.lead_council = line.lead_council and groups.title = line.title
    and groups.skill_area = line.skill_area and groups.kind = line.kind and groups.stage = line.stage
    and groups.amount_gbp = line.amount_gbp
    and groups.first_year is not distinct from line.first_year
    and groups.last_year is not distinct from line.last_year
