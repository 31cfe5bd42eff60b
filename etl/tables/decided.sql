-- Lines that a person decided on, with the verdict. A decision may amend the amount.
select typed.line_no, decisions.verdict, decisions.why as verdict_why, decisions.amount_gbp
from decisions
join typed on typed.line_id = decisions.line_id
