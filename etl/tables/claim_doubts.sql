-- How many lines may belong to what a claim counts and are in no total of it: held, quarantined, without an amount,
-- at no clear stage, of no one kind, an amount a year, or in years that lie partly outside those of the claim.
with doubtful as (
    select line_no, project_no, stage, kind, first_year, last_year
    from judged
    where fate <> 'loaded' or reason in ('bounds_only', 'amount_unknown', 'stage_unclear')
    union all
    select line_no, project_no, stage, kind, null, null
    from schedule
    where basis = 'per_year' or kind in ('both', 'unclear')
),
doubts as (
    select scope.claim_ref, doubtful.line_no
    from claim_scopes scope
    join doubtful
        on (scope.project_ref is null or doubtful.project_no = scope.project_no)
        and (doubtful.stage is null or scope.stage = 'unclear' or doubtful.stage in (scope.stage, 'unclear'))
        and (doubtful.kind is null or doubtful.kind in ('both', 'unclear')
            or list_contains(scope.kinds, doubtful.kind::varchar))
        and (scope.first_year is null or coalesce(doubtful.first_year, scope.first_year) <= scope.last_year
            and coalesce(doubtful.last_year, scope.last_year) >= scope.first_year)
    where scope.scope = 'programme' and scope.counts = 'outcome'
    union
    select scope.claim_ref, outcome.line_no
    from claim_scopes scope
    join schedule outcome
        on (outcome.stage = scope.stage or scope.stage = 'unclear')
        and list_contains(scope.kinds, outcome.kind::varchar)
        and (scope.project_ref is null or outcome.project_no = scope.project_no)
        and outcome.financial_year is null
        and not coalesce(outcome.first_year >= scope.first_year and outcome.last_year <= scope.last_year, false)
        and coalesce(outcome.first_year, scope.first_year) <= scope.last_year
        and coalesce(outcome.last_year, scope.last_year) >= scope.first_year
    where scope.scope = 'programme' and scope.counts = 'outcome'
)
select claim_ref, count(*) as lines
from doubts
group by claim_ref
