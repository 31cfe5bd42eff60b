-- Typed lines, with what a person decided of them.
select
    typed.* exclude (amount_gbp),
    coalesce(decided.amount_gbp, typed.amount_gbp) as amount_gbp,
    typed.amount_gbp as amount_as_sent_gbp,
    decided.verdict,
    decided.verdict_why
from typed
left join decided on decided.line_no = typed.line_no
