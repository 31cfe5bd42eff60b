-- The schedule of joint projects as councils see it: their pounds by recorded share, to the penny, the lead taking
-- what rounding leaves. Without shares the lead carries the whole, and partners stand without an amount.
select
    schedule.* replace (
        bodies.council as council,
        bodies.region as region,
        bodies.council_type as council_type,
        (case
            when bodies.role = 'partner' then round(schedule.amount_gbp * bodies.share / 100, 2)
            when bodies.apportioned then schedule.amount_gbp - list_sum(
                list_transform(projects.shares[2:], lambda share: round(schedule.amount_gbp * share / 100, 2))
            )
            else schedule.amount_gbp
        end)::decimal(18, 2) as amount_gbp,
        (case
            when bodies.role = 'partner' then round(schedule.new_gbp * bodies.share / 100, 2)
            when bodies.apportioned then schedule.new_gbp - list_sum(
                list_transform(projects.shares[2:], lambda share: round(schedule.new_gbp * share / 100, 2))
            )
            else schedule.new_gbp
        end)::decimal(18, 2) as new_gbp
    ),
    case when bodies.apportioned then 'share' else 'joint, not apportioned' end as part
from schedule
join projects on projects.project_no = schedule.project_no
join project_councils bodies on bodies.project_no = schedule.project_no
where schedule.joint
