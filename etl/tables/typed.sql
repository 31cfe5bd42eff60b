-- Every line with its place and its cells as typed values; what could not be read is null, and a finding says so.
select
    line.line_no,
    concat_ws(
        '-', left(returns.sha256, 12), 's' || line.sheet_no, line.row::varchar,
        regexp_replace(line.cell_column, '\s+', '_', 'g')
    ) as line_id,
    line.return_no,
    line.sheet,
    line.row,
    line.cell_column,
    line.given,
    line.project_ref,
    line.project_title,
    line.skill_area_typed as skill_area_label,
    line.skill_area,
    line.lead_council,
    line.partner_councils,
    line.partner_shares as shares,
    line.grant_year,
    line.grant_gbp::decimal(18, 2) as grant_gbp,
    line.council_cost_gbp::decimal(18, 2) as council_cost_gbp,
    line.expert_type,
    line.expert_days::decimal(9, 2) as expert_days,
    line.kind,
    coalesce(line.cashability, 'unclear') as cashability,
    line.stage,
    coalesce(
        case when line.basis = 'unclear' then line.cell_basis::varchar end, line.basis, line.cell_basis::varchar, 'unclear'
    ) as basis,
    coalesce(line.recurrence, 'unclear') as recurrence,
    coalesce(line.financial_year, line.period_start) as first_year,
    coalesce(line.financial_year, line.period_end) as last_year,
    line.financial_year,
    line.period_start,
    line.period_end,
    line.amount_gbp::decimal(18, 2) as amount_gbp,
    coalesce(line.amount_low_gbp::decimal(18, 2), line.cell_low::decimal(18, 2)) as amount_low_gbp,
    coalesce(line.amount_high_gbp::decimal(18, 2), line.cell_high::decimal(18, 2)) as amount_high_gbp,
    coalesce(line.net_or_gross, 'unclear') as net_or_gross,
    line.attribution_share::decimal(9, 4) as attribution_share,
    nullif(line.evidence_grade, 'not_graded') as evidence_grade,
    line.reported_on,
    case line.publishable when 'yes' then true when 'no' then false
        else line.publishable_typed is null and getvariable('publishable_by_default') end as publishable,
    line.source_title,
    line.source_url,
    line.source_quote,
    line.notes,
    coalesce(
        make_date(coalesce(line.financial_year, line.period_start, line.grant_year)::integer, 4, 1), line.reported_on
    ) as at_date
from typed_cells line
join returns on returns.return_no = line.return_no
