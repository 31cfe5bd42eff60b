-- What the ledger holds in the scope of each claim, by stage, and by kind where the claim does not add two kinds. An
-- amount with no single year is in the years of a claim if all of its own lie within them.
select
    scope.claim_ref,
    outcome.stage::varchar as stage,
    case when scope.kind <> 'unclear' then scope.noun when outcome.kind = 'efficiency_saving' then 'savings'
        else 'income' end as noun,
    sum(outcome.amount_gbp) as amount_gbp,
    count(distinct outcome.project_no) as projects
from claim_scopes scope
join schedule outcome
    on list_contains(scope.kinds, outcome.kind::varchar)
    and (scope.project_ref is null or outcome.project_no = scope.project_no)
    and (
        scope.first_year is null
        or outcome.financial_year between scope.first_year and scope.last_year
        or outcome.financial_year is null
        and outcome.first_year >= scope.first_year and outcome.last_year <= scope.last_year
    )
where scope.scope = 'programme' and scope.counts = 'outcome' and outcome.basis <> 'per_year'
    and outcome.stage in ('achieved', 'projected', 'identified') and outcome.amount_gbp is not null
group by all
