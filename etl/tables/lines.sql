-- Typed lines with their councils resolved at the date concerned: the lead, and the partners in order.
select
    typed.* exclude (lead_council, partner_councils),
    typed.lead_council as lead_typed,
    typed.partner_councils as partners_typed,
    string_split(lead.codes, ' ')[1] as lead_council,
    list_filter(
        list_distinct(list_concat(
            coalesce(string_split(lead.codes, ' ')[2:], []),
            coalesce(string_split(partner.codes, ' '), [])
        )),
        lambda code: code <> string_split(lead.codes, ' ')[1]
    ).list_sort() as partner_councils
from typed
left join council_readings lead
    on lead.role = 'lead' and lead.text = typed.lead_council and lead.at_date is not distinct from typed.at_date
left join council_readings partner
    on partner.role = 'partner' and partner.text = typed.partner_councils
    and partner.at_date is not distinct from typed.at_date
