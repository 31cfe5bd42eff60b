-- Each claim as it is looked for in the ledger: whose amounts, of which kinds and years, and how exact its number is.
-- It is exact to half of its last figure that is not zero; that is at most half a million, or under a million 50,000.
select
    claims.claim_ref,
    claims.scope,
    claims.counts,
    claims.stage,
    claims.kind,
    claims.bound,
    claims.period,
    claims.count,
    claims.count_of,
    claims.project_ref,
    projects.project_no,
    case claims.kind
        when 'efficiency_saving' then ['efficiency_saving']
        when 'income_generation' then ['income_generation']
        else ['efficiency_saving', 'income_generation']
    end as kinds,
    case claims.kind
        when 'efficiency_saving' then 'savings'
        when 'income_generation' then 'income'
        when 'both' then 'savings and income'
        else 'savings or income'
    end as noun,
    case when contains(period_start, '-') and contains(period_end, '-') then left(period_start, 4)::integer end
        as first_year,
    case when first_year is not null then left(period_end, 4)::integer end as last_year,
    case counts when 'outcome' then amount_gbp else count end as claimed,
    case
        when counts <> 'outcome' then 0
        else least(
            10 ** length(regexp_extract(trunc(amount_gbp)::bigint::varchar, '0*$')),
            case when amount_gbp >= 1000000 then 1000000 else 100000 end
        ) / 2
    end::decimal(18, 2) as half
from claims
left join projects on projects.project_ref = claims.project_ref
