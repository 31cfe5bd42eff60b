-- Every council of every project: the lead and its partners, with the recorded share, null where there is none.
with bodies as (
    select
        project_no, skill_area, grant_year, shares,
        unnest(list_concat([lead_council], coalesce(partner_councils, []))) as council,
        generate_subscripts(list_concat([lead_council], coalesce(partner_councils, [])), 1) as place,
        len(coalesce(partner_councils, [])) > 0 as joint,
        len(shares) = 1 + len(coalesce(partner_councils, [])) and list_sum(shares) = 100 as apportioned
    from projects
)
select
    bodies.project_no,
    bodies.council,
    councils.region,
    councils.type as council_type,
    case place when 1 then 'lead' else 'partner' end as role,
    case when joint and coalesce(apportioned, false) then shares[place] end as share,
    joint,
    joint and coalesce(apportioned, false) as apportioned,
    bodies.skill_area,
    bodies.grant_year
from bodies
left join councils on councils.council = bodies.council
