-- Each outcome by the financial year in which its pounds fall, with the pounds that are new in that year: all of what
-- is one-off, and of what repeats that which does not continue an earlier year. It is not stated where no year is, nor
-- whether the amount recurs.
select
    placed.*,
    case
        when placed.financial_year is null then null
        when basis = 'per_year' or recurrence = 'recurring' then amount_gbp - coalesce(continuing_gbp, 0)
        when recurrence = 'one_off' then amount_gbp
    end::decimal(18, 2) as new_gbp
from placed
left join continuing
    on continuing.line_no = placed.line_no and continuing.financial_year = placed.financial_year
