-- Typed lines with their councils resolved at the date concerned: the lead, and the partners in the order in
-- which they are listed, each once, since the shares follow that order. A decision may amend the amount.
with resolved as (
    select
        typed.*,
        list_concat(
            coalesce(string_split(lead.codes, ' '), [null]), coalesce(string_split(partner.codes, ' '), [])
        ) as bodies
    from typed
    left join council_readings lead
        on lead.role = 'lead' and lead.text = typed.lead_council
        and lead.at_date is not distinct from typed.at_date
    left join council_readings partner
        on partner.role = 'partner' and partner.text = typed.partner_councils
        and partner.at_date is not distinct from typed.at_date
)
select
    resolved.* exclude (lead_council, partner_councils, bodies, amount_gbp),
    coalesce(decisions.amount_gbp, resolved.amount_gbp) as amount_gbp,
    resolved.amount_gbp as amount_as_sent_gbp,
    decisions.verdict,
    decisions.why as verdict_why,
    resolved.lead_council as lead_typed,
    resolved.partner_councils as partners_typed,
    bodies[1] as lead_council,
    list_filter(bodies, lambda code, place: list_position(bodies, code) = place)[2:] as partner_councils
from resolved
left join decisions on decisions.line_id = resolved.line_id
