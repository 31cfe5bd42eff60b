-- Every line that says something of a project: what was read, its fate and its standing.
select
    lines.line_no,
    lines.line_id,
    lines.return_no,
    returns.file,
    lines.sheet,
    lines.row,
    lines.cell_column,
    lines.given,
    standings.fate,
    standings.standing,
    standings.reason,
    coalesce(
        'A person decided (' || lines.verdict || '): ' || lines.verdict_why
            || case when lines.amount_gbp is distinct from lines.amount_as_sent_gbp
                then ' The return says £' || format('{:,}', lines.amount_as_sent_gbp::bigint) || '.' else '' end,
        reasons.why,
        standings.reason
    ) as why,
    standings.whole_line_no,
    projects.project_no,
    lines.project_ref,
    lines.project_title,
    coalesce(projects.skill_area, lines.skill_area) as skill_area,
    lines.skill_area_label,
    coalesce(projects.lead_council, lines.lead_council) as council,
    councils.region,
    councils.type as council_type,
    lines.lead_council,
    lines.partner_councils,
    lines.shares,
    coalesce(projects.grant_year, lines.grant_year) as grant_year,
    lines.expert_type,
    lines.kind,
    lines.cashability,
    lines.stage,
    lines.basis,
    lines.recurrence,
    lines.financial_year,
    lines.period_start,
    lines.period_end,
    lines.first_year,
    lines.last_year,
    case
        when lines.first_year = lines.last_year then financial_year(lines.first_year)
        when lines.first_year is null and lines.last_year is null then null
        else coalesce(financial_year(lines.first_year), 'not stated') || ' to '
            || coalesce(financial_year(lines.last_year), 'not stated')
    end as years,
    lines.amount_gbp,
    lines.amount_as_sent_gbp,
    lines.verdict,
    lines.verdict_why,
    lines.amount_low_gbp,
    lines.amount_high_gbp,
    lines.net_or_gross,
    lines.attribution_share,
    lines.evidence_grade,
    lines.reported_on,
    lines.publishable,
    lines.source_title,
    lines.source_url,
    lines.source_quote,
    lines.notes
from lines
join standings on standings.line_no = lines.line_no
join returns on returns.return_no = lines.return_no
left join (
    select line_no, string_agg(message, ' ' order by code, message) as why
    from findings
    where fate is not null
    group by line_no
) reasons on reasons.line_no = lines.line_no
left join projects on projects.project_ref = lines.project_ref
left join councils on councils.council = coalesce(projects.lead_council, lines.lead_council)
order by lines.line_no
