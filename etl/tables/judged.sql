-- Every line that says something of a project: what was read, its fate and its standing. Kept as narrow as it goes;
-- `observations` is how it is read.
select
    lines.line_no,
    lines.line_id,
    lines.return_no,
    lines.sheet,
    lines.row,
    lines.cell_column,
    lines.given,
    coalesce(standings.fate, 'loaded') as fate,
    case
        when standings.fate is not null then null
        when lines.stage = 'withdrawn' then 'withdrawal'
        when lines.amount_gbp is null and coalesce(lines.amount_low_gbp, lines.amount_high_gbp) is not null
            then 'bounds_only'
        when lines.amount_gbp is null then 'amount_unknown'
        when lines.verdict = 'withdraw' then 'decided_out'
        when standings.reason is not null then standings.reason
        when lines.stage = 'unclear' then 'stage_unclear'
    end as reason,
    standings.why,
    standings.whole_line_no,
    projects.project_no,
    lines.project_ref,
    lines.project_title,
    coalesce(projects.skill_area, lines.skill_area::skill_area) as skill_area,
    lines.skill_area_label,
    coalesce(projects.lead_council, lines.lead_council) as council,
    councils.region::region as region,
    councils.type::council_type as council_type,
    lines.lead_council,
    lines.partner_councils,
    lines.shares,
    coalesce(projects.grant_year, lines.grant_year) as grant_year,
    coalesce(projects.expert_type, lines.expert_type::expert_type) as expert_type,
    lines.kind::kind as kind,
    lines.cashability::cashability as cashability,
    lines.stage::stage as stage,
    lines.basis::basis as basis,
    lines.recurrence::recurrence as recurrence,
    lines.financial_year,
    lines.period_start,
    lines.period_end,
    lines.first_year,
    lines.last_year,
    lines.amount_gbp,
    lines.amount_as_sent_gbp,
    lines.verdict,
    lines.verdict_why,
    lines.amount_low_gbp,
    lines.amount_high_gbp,
    lines.net_or_gross::net_or_gross as net_or_gross,
    lines.attribution_share,
    lines.evidence_grade::evidence_grade as evidence_grade,
    lines.reported_on,
    lines.publishable,
    lines.source_title,
    lines.source_url,
    lines.source_quote,
    lines.notes
from lines
left join standings on standings.line_no = lines.line_no
left join projects on projects.project_ref = lines.project_ref
left join councils on councils.council = coalesce(projects.lead_council, lines.lead_council)
