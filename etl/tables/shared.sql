-- The schedule of joint projects as councils see it: their pounds by recorded share, to the penny, the lead taking what
-- rounding leaves. Without shares the lead carries the whole, and partners stand without an amount.
-- New pounds are split likewise. Rounding twice could leave a lead more new pounds than pounds, or fewer than none: so
-- the partners, up to each in turn, take no more new pounds than there are, and continue no more than continues in all.
with rounded as (
    select
        schedule.*,
        projects.partner_councils as partners,
        list_transform(projects.shares[2:], lambda share: round(schedule.amount_gbp * share / 100, 2)) as amounts,
        case when new_gbp < amount_gbp then
            list_transform(projects.shares[2:], lambda share: round(schedule.new_gbp * share / 100, 2))
        end as news
    from schedule
    join projects on projects.project_no = schedule.project_no
    where schedule.joint
),
bounded as (
    select
        *,
        amount_gbp - list_sum(amounts) as lead_gbp,
        case when new_gbp < amount_gbp then list_transform(
            range(len(news) + 1),
            lambda place: least(new_gbp, greatest(
                coalesce(list_sum(news[:place]), 0),
                coalesce(list_sum(amounts[:place]), 0) - (amount_gbp - new_gbp)
            ))
        ) end as new_up_to
    from rounded
),
by_council as (
    select
        bounded.* replace (
            bodies.council as council,
            bodies.region as region,
            bodies.council_type as council_type
        ),
        bodies.role,
        bodies.apportioned,
        case bodies.role when 'partner' then list_position(partners, bodies.council) end as place
    from bounded
    join project_councils bodies on bodies.project_no = bounded.project_no
)
select
    * exclude (partners, amounts, news, lead_gbp, new_up_to, role, apportioned, place) replace (
        (case
            when not apportioned then case role when 'lead' then amount_gbp end
            when role = 'lead' then lead_gbp
            else amounts[place]
        end)::decimal(18, 2) as amount_gbp,
        (case
            when not apportioned then case role when 'lead' then new_gbp end
            when new_gbp = by_council.amount_gbp then case role when 'lead' then lead_gbp else amounts[place] end
            when role = 'lead' then new_gbp - new_up_to[-1]
            else new_up_to[place + 1] - new_up_to[place]
        end)::decimal(18, 2) as new_gbp
    ),
    case when apportioned then 'share' else 'joint, not apportioned' end as part
from by_council
