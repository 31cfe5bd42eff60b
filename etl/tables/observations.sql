-- The judged lines as they are read: with the return they stand in, and what follows from the rest.
select
    judged.* exclude (why),
    returns.file,
    case
        when judged.fate <> 'loaded' then null
        when judged.reason is null then 'counts'
        when judged.reason in ('superseded', 'part_of') then judged.reason
        else 'left_out'
    end as standing,
    coalesce(
        'A person decided (' || judged.verdict || '): ' || judged.verdict_why
            || case when judged.amount_gbp is distinct from judged.amount_as_sent_gbp
                then ' The return says £' || format('{:,}', judged.amount_as_sent_gbp::bigint) || '.' else '' end,
        judged.why,
        judged.reason
    ) as why,
    case
        when judged.first_year = judged.last_year then financial_year(judged.first_year)
        when judged.first_year is null and judged.last_year is null then null
        else coalesce(financial_year(judged.first_year), 'not stated') || ' to '
            || coalesce(financial_year(judged.last_year), 'not stated')
    end as years
from judged
join returns on returns.return_no = judged.return_no
