-- Lines with what the rules look at beside the line itself: its councils, and what they may spend.
select
    amended.* exclude (lead_council, partner_councils),
    amended.lead_council as lead_typed,
    amended.partner_councils as partners_typed,
    bodies.lead_council,
    bodies.partner_councils,
    bodies.bodies,
    bodies.spending_power_gbp,
    bodies.power_known,
    list_sum(amended.shares) as shares_sum
from amended
left join bodies
    on bodies.lead_typed is not distinct from amended.lead_council
    and bodies.partners_typed is not distinct from amended.partner_councils
    and bodies.at_date is not distinct from amended.at_date
