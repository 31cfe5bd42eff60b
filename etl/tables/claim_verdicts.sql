-- Each claim against the ledger: what the outcomes of the same stage, kind, project and years come to, and what follows.
-- The rules stand in the order of `CLAIM_RULES`; the first that fits is the verdict. A claim is rounded to its last
-- figure that is not zero, so that half of that figure's worth either way is the same amount; a floor is a floor.
with asked as (
    select
        claims.*,
        coalesce(stage, 'unclear') as of_stage,
        case kind
            when 'efficiency_saving' then ['efficiency_saving']
            when 'income_generation' then ['income_generation']
            when 'both' then ['efficiency_saving', 'income_generation']
            else []
        end as kinds,
        try_cast(left(period_start, 4) as integer) as first_year,
        try_cast(left(period_end, 4) as integer) as last_year,
        contains(period_start, '-') and contains(period_end, '-') as in_years,
        power(10, length(amount_gbp::bigint::varchar) - length(rtrim(amount_gbp::bigint::varchar, '0'))) / 2 as half_gbp
    from claims
),
behind as (
    select asked.claim_ref, sum(outcome.amount_gbp) as ledger_gbp, count(distinct outcome.project_no) as projects
    from asked
    join schedule outcome
        on outcome.stage = asked.of_stage and list_contains(asked.kinds, outcome.kind::varchar)
        and outcome.basis <> 'per_year' and outcome.amount_gbp is not null
        and (not coalesce(asked.in_years, false) or outcome.financial_year between asked.first_year and asked.last_year)
        and (
            asked.project_ref is null
            or outcome.project_no in (select project_no from projects where projects.project_ref = asked.project_ref)
        )
    group by asked.claim_ref
),
everybody as (
    select asked.claim_ref, count(projects.project_no) as of_projects
    from asked
    left join projects on asked.project_ref is null or projects.project_ref = asked.project_ref
    group by asked.claim_ref
),
stages as (
    select string_agg(
        case kind when 'efficiency_saving' then 'savings ' else 'income ' end || stage || ' £'
            || format('{:,}', pounds::bigint),
        ', ' order by kind, stage
    ) as every_stage
    from (
        select stage, kind, sum(amount_gbp) as pounds from schedule
        where basis <> 'per_year' and kind in ('efficiency_saving', 'income_generation') group by stage, kind
    )
),
judged_claims as (
    select
        asked.*,
        coalesce(ledger_gbp, 0)::decimal(18, 2) as ledger_gbp,
        coalesce(behind.projects, 0) as projects,
        everybody.of_projects,
        stages.every_stage,
        case
            when scope <> 'programme' then 'other_scope'
            when counts <> 'outcome' then 'not_an_outcome'
            when amount_gbp is null then 'no_amount'
            when of_stage not in ('achieved', 'projected', 'identified') then 'stage_not_stated'
            when len(kinds) = 0 then 'kind_not_stated'
            when bound in ('exact', 'almost', 'up to') and ledger_gbp > amount_gbp + half_gbp then 'ledger_above_it'
            when (getvariable('examples') and asked.project_ref is null)
                or coalesce(behind.projects, 0) < everybody.of_projects then 'ledger_incomplete'
            when bound = 'up to' or bound in ('over', 'at least') and ledger_gbp >= amount_gbp
                or bound in ('exact', 'almost') and abs(ledger_gbp - amount_gbp) <= half_gbp then 'same_amount'
            else 'ledger_below_it'
        end as code
    from asked
    join everybody on everybody.claim_ref = asked.claim_ref
    cross join stages
    left join behind on behind.claim_ref = asked.claim_ref
)
select
    claim_ref,
    code,
    case code
        when 'same_amount' then 'reproduced'
        when 'ledger_above_it' then 'contradicted'
        when 'ledger_below_it' then 'contradicted'
        else 'not reproducible'
    end as verdict,
    case when code in ('same_amount', 'ledger_above_it', 'ledger_below_it', 'ledger_incomplete') then ledger_gbp end
        as ledger_gbp,
    case code
        when 'other_scope' then 'It is about ' || case scope when 'sector' then 'all work of the sector'
            else 'another strand of work' end || ', of which this ledger holds nothing.'
        when 'not_an_outcome' then 'It states ' || case counts when 'ratio' then 'a ratio of unlike sums'
            else 'what was put in' end || ', not what came of it.'
        when 'no_amount' then 'It states no amount.'
        when 'stage_not_stated' then 'Its wording does not say at which stage, and stages are never added. The ledger holds '
            || coalesce(every_stage, 'no staged amount') || ', from ' || of_projects || ' projects.'
        when 'kind_not_stated' then 'Its wording does not say whether it is savings or income. The ledger holds '
            || coalesce(every_stage, 'no staged amount') || ', from ' || of_projects || ' projects.'
        when 'ledger_incomplete' then 'The ledger holds £' || format('{:,}', ledger_gbp::bigint) || ' ' || of_stage
            || ', from ' || projects || ' of ' || of_projects || ' projects'
            || case when getvariable('examples') then ', which are chosen examples.'
                else '; the others reported nothing at this stage.' end
        when 'same_amount' then 'The ledger holds £' || format('{:,}', ledger_gbp::bigint) || ' ' || of_stage
            || ', from all ' || of_projects || ' projects.'
        else 'The ledger holds £' || format('{:,}', ledger_gbp::bigint) || ' ' || of_stage || ', from ' || projects
            || ' of ' || of_projects || ' projects, which is '
            || case code when 'ledger_above_it' then 'more' else 'less' end || ' than the claim.'
    end as because
from judged_claims
