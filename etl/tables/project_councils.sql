-- Every council of every project: the lead and its partners, with the recorded share, null where there is none.
with apportioned as (
    select
        * exclude (partner_councils),
        coalesce(partner_councils, []) as partners,
        len(partners) > 0 as joint,
        joint and coalesce(len(shares) = 1 + len(partners) and list_sum(shares) = 100, false) as apportioned
    from projects
),
bodies as (
    select project_no, lead_council as council, 1 as place, skill_area, grant_year, shares, joint, apportioned
    from apportioned
    union all
    select
        project_no, unnest(partners), 1 + generate_subscripts(partners, 1), skill_area, grant_year, shares, joint,
        apportioned
    from apportioned
    where joint
)
select
    bodies.project_no,
    bodies.council,
    councils.region::region as region,
    councils.type::council_type as council_type,
    case place when 1 then 'lead' else 'partner' end as role,
    case when apportioned then shares[place] end as share,
    joint,
    apportioned,
    bodies.skill_area,
    bodies.grant_year
from bodies
left join councils on councils.council = bodies.council
