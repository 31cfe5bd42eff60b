-- Each outcome by the financial year in which its pounds fall; what has no single year stands under none.
-- A part with one year puts its pounds into that year; the rest of the wider amount stays without a year. An amount a
-- year falls in each of its years, and in its first alone where no end is stated.
-- Not materialized: most outcomes pass through the first branch alone, and are read once, not copied.
with outcomes as not materialized (
    select
        line_no, project_no, kind, stage, basis, recurrence, cashability, net_or_gross, evidence_grade,
        attribution_share, publishable, skill_area, grant_year, expert_type, council, region, council_type,
        project_no in (select project_no from project_councils where joint) as joint,
        first_year, last_year, amount_gbp,
        basis = 'per_year' and coalesce(last_year > first_year, false) as yearly,
        line_no in (select line_no from phases) as phased
    from judged
    where fate = 'loaded' and reason is null
),
years as (
    select
        *,
        case when basis = 'per_year' or first_year = last_year then first_year end as financial_year,
        amount_gbp as pounds
    from outcomes
    where not yearly and not phased
    union all
    select *, unnest(range(first_year, last_year + 1)), amount_gbp
    from outcomes
    where yearly
    union all
    select outcomes.*, phases.financial_year, phases.amount_gbp
    from outcomes
    join phases on phases.line_no = outcomes.line_no
    union all
    select outcomes.*, null, outcomes.amount_gbp - phased_gbp
    from outcomes
    join (select line_no, sum(amount_gbp) as phased_gbp from phases group by line_no) phased
        on phased.line_no = outcomes.line_no
    where outcomes.amount_gbp <> phased_gbp
)
select
    * exclude (first_year, last_year, yearly, phased, amount_gbp, pounds, financial_year),
    first_year::smallint as first_year,
    last_year::smallint as last_year,
    financial_year::smallint as financial_year,
    pounds::decimal(18, 2) as amount_gbp
from years
