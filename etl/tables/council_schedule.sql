-- The schedule as councils see it: a joint project's pounds by recorded share, to the penny, the lead taking what
-- rounding leaves. Without shares the lead carries the whole, and partners stand without an amount.
with joint_rows as (
    select
        schedule.*,
        row_number() over (order by schedule.line_no, schedule.financial_year nulls last) as part_no
    from schedule
    where schedule.project_no in (select project_no from project_councils where joint)
),
split as (
    select
        joint_rows.part_no,
        bodies.council,
        bodies.region,
        bodies.council_type,
        bodies.role,
        case when bodies.apportioned then round(joint_rows.amount_gbp * bodies.share / 100, 2) end as share_gbp,
        bodies.apportioned
    from joint_rows
    join project_councils bodies on bodies.project_no = joint_rows.project_no
)
select schedule.*, 'alone' as part from schedule
where schedule.project_no not in (select project_no from project_councils where joint)
union all by name
select
    joint_rows.* exclude (part_no) replace (
        split.council as council,
        split.region as region,
        split.council_type as council_type,
        (case
            when split.role = 'lead' then joint_rows.amount_gbp - coalesce((
                select sum(other.share_gbp) from split other
                where other.part_no = split.part_no and other.role = 'partner'
            ), 0)
            else split.share_gbp
        end)::decimal(18, 2) as amount_gbp
    ),
    case when split.apportioned then 'share' else 'joint, not apportioned' end as part
from split
join joint_rows on joint_rows.part_no = split.part_no
