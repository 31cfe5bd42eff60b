-- Every council of every project: the lead and its partners, with the recorded share, null where there is none, and
-- with its part of the costs: by the shares, to the penny, the lead taking what rounding leaves; all of them the lead's
-- where there are none.
with apportioned as (
    select
        * exclude (partner_councils),
        coalesce(partner_councils, []) as partners,
        len(partners) > 0 as joint,
        joint and coalesce(len(shares) = 1 + len(partners) and list_sum(shares) = 100, false) as apportioned
    from projects
),
bodies as (
    select * exclude (partners), lead_council as council, 1 as place from apportioned
    union all
    select * exclude (partners), unnest(partners), 1 + generate_subscripts(partners, 1)
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
    bodies.grant_year,
    bodies.expert_type,
    (case
        when not apportioned then case place when 1 then bodies.grant_gbp end
        when place > 1 then round(bodies.grant_gbp * shares[place] / 100, 2)
        else bodies.grant_gbp - list_sum(
            list_transform(shares[2:], lambda share: round(bodies.grant_gbp * share / 100, 2))
        )
    end)::decimal(18, 2) as grant_gbp,
    (case
        when not apportioned then case place when 1 then bodies.council_cost_gbp end
        when place > 1 then round(bodies.council_cost_gbp * shares[place] / 100, 2)
        else bodies.council_cost_gbp - list_sum(
            list_transform(shares[2:], lambda share: round(bodies.council_cost_gbp * share / 100, 2))
        )
    end)::decimal(18, 2) as council_cost_gbp
from bodies
left join councils on councils.council = bodies.council
