-- Each distinct set of councils of a line, resolved at the date concerned: the lead, and the partners in the order in
-- which they are listed, each once, since the shares follow that order; and what they may spend in a year together.
-- There are few of them, however many lines there are, so that nothing of this is worked out line by line.
with texts as (
    select distinct lead_council as lead_typed, partner_councils as partners_typed, at_date from typed
),
resolved as (
    select
        texts.*,
        list_concat(
            coalesce(string_split(lead.codes, ' '), [null]), coalesce(string_split(partner.codes, ' '), [])
        ) as codes
    from texts
    left join council_readings lead
        on lead.role = 'lead' and lead.text = texts.lead_typed and lead.at_date is not distinct from texts.at_date
    left join council_readings partner
        on partner.role = 'partner' and partner.text = texts.partners_typed
        and partner.at_date is not distinct from texts.at_date
),
named as (
    select
        lead_typed, partners_typed, at_date,
        codes[1] as lead_council,
        list_filter(codes, lambda code, place: list_position(codes, code) = place)[2:] as partner_councils
    from resolved
)
select
    named.lead_typed,
    named.partners_typed,
    named.at_date,
    named.lead_council::council as lead_council,
    named.partner_councils::council[] as partner_councils,
    1 + len(named.partner_councils) as bodies,
    lead_power.core_spending_power_gbp
        + coalesce(list_sum(list_transform(named.partner_councils, lambda code: power_of[code])), 0)
        as spending_power_gbp,
    lead_power.core_spending_power_gbp is not null
        and len(list_filter(named.partner_councils, lambda code: power_of[code] is null)) = 0 as power_known
from named
left join spending_power lead_power on lead_power.council = named.lead_council
cross join (select map(list(council), list(core_spending_power_gbp)) as power_of from spending_power)
