-- Each claim beside what the ledger holds of the same, in numbers and in words, and what it lacks to cover the claim.
with staged as (
    select
        claim_ref,
        string_agg(
            in_pounds(amount_gbp) || ' of ' || noun || ' ' || stage || ' (' || counted(projects, 'project') || ')',
            ', ' order by noun desc, list_position(['achieved', 'projected', 'identified'], stage)
        ) as listed
    from claim_amounts
    group by claim_ref
),
kept_counts as (
    select 'councils' as count_of, count(distinct council) as number, 0 as undated from project_councils
    union all
    select 'projects', count(*), 0 from projects
    union all
    select 'grants a year', max(number), sum(number) filter (grant_year is null)
    from (select grant_year, count(*) as number from projects group by grant_year)
    having count(grant_year) > 0
),
beside as (
    select
        scope.*,
        amounts.amount_gbp::decimal(18, 2) as ledger_gbp,
        case when scope.count is not null and scope.counts <> 'ratio' then kept_counts.number end as ledger_count,
        case when scope.counts = 'outcome' then amounts.amount_gbp else ledger_count end as held,
        coalesce(amounts.projects, 0) as projects,
        (select count(*) from projects where scope.project_ref is null or project_no = scope.project_no) as of_projects,
        counted(doubts.lines, 'line') || ' that may belong to it ' || case doubts.lines when 1 then 'is' else 'are' end
            || ' in no such total' as doubts_words,
        case when scope.counts = 'outcome' then 0 else coalesce(kept_counts.undated, 0) end as undated,
        (select count(*) from judged where fate = 'quarantined') as unread_lines,
        staged.listed,
        case scope.count_of
            when 'councils' then counted(ledger_count, 'council') || ', leads and partners'
            when 'projects' then counted(ledger_count, 'project')
            else 'at most ' || counted(ledger_count, 'grant') || ' in one year'
        end as count_held,
        case
            when scope.period is null then ''
            when scope.first_year is null then ', in all its years'
            when scope.first_year = scope.last_year then ' in ' || financial_year(scope.first_year)
            else ' from ' || financial_year(scope.first_year) || ' to ' || financial_year(scope.last_year)
        end as years_words
    from claim_scopes scope
    left join claim_amounts amounts
        on amounts.claim_ref = scope.claim_ref and amounts.stage = scope.stage and scope.kind <> 'unclear'
    left join claim_doubts doubts on doubts.claim_ref = scope.claim_ref
    left join kept_counts on kept_counts.count_of = scope.count_of
    left join staged on staged.claim_ref = scope.claim_ref
)
select
    *,
    case
        when counts <> 'outcome' then 'The ledger holds ' || count_held
        else 'The ledger holds ' || coalesce(in_pounds(ledger_gbp), 'no amount') || ' of ' || noun || ' ' || stage
            || years_words || coalesce(
                ' for project ' || project_ref, ', from ' || projects || ' of ' || counted(of_projects, 'project')
            )
    end as held_words,
    'The ledger holds ' || coalesce(listed, 'no amount of ' || noun || ' at any stage') || years_words || case
        when project_ref is not null then ' for project ' || project_ref
        when getvariable('examples') then '; its ' || counted(of_projects, 'project') || ' are chosen examples'
        else '; it holds ' || counted(of_projects, 'project')
    end || coalesce('; ' || doubts_words, '') || '.' as staged_words,
    concat_ws(
        '; ',
        case when getvariable('examples') and project_ref is null then 'its projects are chosen examples' end,
        case when counts = 'outcome' and projects < of_projects
            then counted(of_projects - projects, 'project') || ' stated no such amount' end,
        doubts_words,
        case when counts <> 'outcome' and unread_lines > 0
            then counted(unread_lines, 'line') || ' could not be read' end,
        case when undated > 0 then counted(undated, 'project') || ' stated no year of grant' end
    ) as lacking_words,
    case when scope = 'programme' and counts = 'outcome' and ledger_count is not null
        then ' It counts ' || count || ' ' || count_of || '; the ledger holds ' || count_held || '.' else '' end
        as count_words
from beside
