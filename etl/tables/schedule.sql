-- Each outcome by the financial year in which its pounds fall; what has no single year stands under none.
-- A part with one year puts its pounds into that year; the rest of the wider amount stays without a year.
with outcomes as (
    select * from observations where standing = 'counts'
),
phases as (
    select part.whole_line_no as line_no, part.first_year as financial_year, sum(part.amount_gbp) as amount_gbp
    from observations part
    join outcomes whole on whole.line_no = part.whole_line_no
    where part.standing = 'part_of' and part.basis <> 'per_year' and whole.basis <> 'per_year'
        and part.first_year = part.last_year
    group by all
),
years as (
    select line_no, first_year as financial_year, amount_gbp
    from outcomes
    where basis <> 'per_year' and first_year = last_year
    union all
    select line_no, unnest(range(first_year, coalesce(last_year, first_year) + 1)), amount_gbp
    from outcomes
    where basis = 'per_year' and first_year is not null
    union all
    select * from phases
    union all
    select outcomes.line_no, null, outcomes.amount_gbp - coalesce(sum(phases.amount_gbp), 0)
    from outcomes
    left join phases on phases.line_no = outcomes.line_no
    where (outcomes.basis <> 'per_year' and outcomes.first_year is distinct from outcomes.last_year)
        or outcomes.first_year is null
    group by outcomes.line_no, outcomes.amount_gbp
    having outcomes.amount_gbp - coalesce(sum(phases.amount_gbp), 0) <> 0 or count(phases.line_no) = 0
)
select
    outcomes.line_no,
    outcomes.project_no,
    outcomes.kind,
    outcomes.stage,
    outcomes.basis,
    outcomes.recurrence,
    outcomes.cashability,
    outcomes.net_or_gross,
    outcomes.evidence_grade,
    outcomes.attribution_share,
    outcomes.publishable,
    outcomes.skill_area,
    outcomes.grant_year,
    outcomes.council,
    outcomes.region,
    outcomes.council_type,
    years.financial_year::smallint as financial_year,
    years.amount_gbp::decimal(18, 2) as amount_gbp
from years
join outcomes on outcomes.line_no = years.line_no
order by outcomes.line_no, years.financial_year nulls last
