-- Which projects have a known amount of what, so that projects need not be told apart again for every number: for each
-- council of each project one row for all years, and one for each year (null: not stated) that an amount falls in.
-- `stated` has a bit for each sort of amount: 4 times the stage (achieved, projected, identified) plus the kind
-- (efficiency saving, income, both, unclear) for totals; 12 for any amount; 13 and on for any amount at a stage.
with years as (
    select
        project_no,
        financial_year,
        bit_or(
            (1 << 12)
            | case stage when 'achieved' then 1 << 13 when 'projected' then 1 << 14 when 'identified' then 1 << 15
                else 0 end
            | case when basis = 'per_year' or stage not in ('achieved', 'projected', 'identified') then 0
                else 1 << (
                    4 * case stage when 'achieved' then 0 when 'projected' then 1 else 2 end
                    + case kind when 'efficiency_saving' then 0 when 'income_generation' then 1 when 'both' then 2
                        else 3 end
                ) end
        )::integer as stated
    from schedule
    where amount_gbp is not null
    group by project_no, financial_year
),
bodies as (
    select
        project_no, council, region, council_type, role, role = 'lead' or apportioned as bears, joint, skill_area,
        grant_year, expert_type
    from project_councils
)
select bodies.*, true as all_years, null::smallint as financial_year, coalesce(stated, 0)::integer as stated
from bodies
left join (select project_no, bit_or(stated) as stated from years group by project_no) whole
    on whole.project_no = bodies.project_no
union all
select bodies.*, false, years.financial_year, years.stated
from years
join bodies on bodies.project_no = years.project_no
