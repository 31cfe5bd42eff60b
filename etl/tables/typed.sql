-- Every staged line with its cells as typed values; what could not be read is null, and a finding says so.
select
    s.line_no,
    concat_ws('-', left(returns.sha256, 12), s.row::varchar, s.cell_column) as line_id,
    s.return_no,
    s.sheet,
    s.row,
    s.cell_column,
    s.shifted,
    upper(regexp_replace(s.project_ref, '\s+', ' ', 'g')) as project_ref,
    s.project_title,
    s.skill_area as skill_area_label,
    skill_area.value as skill_area,
    s.lead_council,
    s.partner_councils,
    string_split(partner_shares.value, ';')::decimal(9, 4)[] as shares,
    grant_year.value::smallint as grant_year,
    coalesce(plain_pounds(s.grant_gbp), grant_money.amount) as grant_gbp,
    coalesce(plain_pounds(s.council_cost_gbp), cost_money.amount) as council_cost_gbp,
    expert_type.value as expert_type,
    expert_days.value::decimal(9, 2) as expert_days,
    kind.value as kind,
    coalesce(cashability.value, 'unclear') as cashability,
    stage.value as stage,
    coalesce(case when basis.value = 'unclear' then money.basis end, basis.value, money.basis, 'unclear') as basis,
    coalesce(recurrence.value, 'unclear') as recurrence,
    coalesce(financial_year.value, period_start.value)::smallint as first_year,
    coalesce(financial_year.value, period_end.value)::smallint as last_year,
    financial_year.value::smallint as financial_year,
    period_start.value::smallint as period_start,
    period_end.value::smallint as period_end,
    coalesce(plain_pounds(s.amount_gbp), money.amount) as amount_gbp,
    coalesce(plain_pounds(s.amount_low_gbp), low_money.amount, money.low) as amount_low_gbp,
    coalesce(plain_pounds(s.amount_high_gbp), high_money.amount, money.high) as amount_high_gbp,
    coalesce(net_or_gross.value, 'unclear') as net_or_gross,
    attribution_share.value::decimal(9, 4) as attribution_share,
    nullif(evidence_grade.value, 'not_graded') as evidence_grade,
    reported_on.value::date as reported_on,
    case publishable.value when 'yes' then true when 'no' then false
        else s.publishable is null and getvariable('publishable_by_default') end as publishable,
    s.source_title,
    s.source_url,
    s.source_quote,
    s.notes,
    coalesce(
        make_date(coalesce(financial_year.value, period_start.value, grant_year.value)::integer, 4, 1),
        reported_on.value::date
    ) as at_date
from staged s
join returns on returns.return_no = s.return_no
left join readings skill_area on skill_area.column_name = 'skill_area' and skill_area.text = s.skill_area
left join readings partner_shares
    on partner_shares.column_name = 'partner_shares' and partner_shares.text = s.partner_shares
left join readings grant_year on grant_year.column_name = 'grant_year' and grant_year.text = s.grant_year
left join readings expert_type on expert_type.column_name = 'expert_type' and expert_type.text = s.expert_type
left join readings expert_days on expert_days.column_name = 'expert_days' and expert_days.text = s.expert_days
left join readings kind on kind.column_name = 'kind' and kind.text = s.kind
left join readings cashability on cashability.column_name = 'cashability' and cashability.text = s.cashability
left join readings stage on stage.column_name = 'stage' and stage.text = s.stage
left join readings basis on basis.column_name = 'basis' and basis.text = s.basis
left join readings recurrence on recurrence.column_name = 'recurrence' and recurrence.text = s.recurrence
left join readings financial_year
    on financial_year.column_name = 'financial_year' and financial_year.text = s.financial_year
left join readings period_start on period_start.column_name = 'period_start' and period_start.text = s.period_start
left join readings period_end on period_end.column_name = 'period_end' and period_end.text = s.period_end
left join readings net_or_gross on net_or_gross.column_name = 'net_or_gross' and net_or_gross.text = s.net_or_gross
left join readings attribution_share
    on attribution_share.column_name = 'attribution_share' and attribution_share.text = s.attribution_share
left join readings evidence_grade
    on evidence_grade.column_name = 'evidence_grade' and evidence_grade.text = s.evidence_grade
left join readings reported_on on reported_on.column_name = 'reported_on' and reported_on.text = s.reported_on
left join readings publishable on publishable.column_name = 'publishable' and publishable.text = s.publishable
left join money_readings money on money.text = s.amount_gbp
left join money_readings low_money on low_money.text = s.amount_low_gbp
left join money_readings high_money on high_money.text = s.amount_high_gbp
left join money_readings grant_money on grant_money.text = s.grant_gbp
left join money_readings cost_money on cost_money.text = s.council_cost_gbp
