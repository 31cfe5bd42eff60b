-- Lines that are not quarantined, with what the plausibility rules look at beside the line itself.
select
    line.* exclude (first_year, last_year),
    line.first_year,
    line.last_year,
    1 + len(line.partner_councils) as bodies,
    lead_power.core_spending_power_gbp
        + coalesce(list_sum(list_transform(
            line.partner_councils, lambda code: power_of[code]
        )), 0) as spending_power_gbp,
    lead_power.core_spending_power_gbp is not null
        and len(list_filter(line.partner_councils, lambda code: power_of[code] is null)) = 0 as power_known,
    greatest(1, line.last_year - line.first_year + 1) as benefit_years,
    list_sum(line.shares) as shares_sum
from lines line
left join spending_power lead_power on lead_power.council = line.lead_council
cross join (select map(list(council), list(core_spending_power_gbp)) as power_of from spending_power)
where line.line_no not in (select line_no from findings where fate = 'quarantined')
