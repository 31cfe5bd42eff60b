-- Pounds of a wider amount that its parts put into single years.
select part.whole_line_no as line_no, part.first_year as financial_year, sum(part.amount_gbp) as amount_gbp
from judged part
join judged whole on whole.line_no = part.whole_line_no
where part.fate = 'loaded' and part.reason = 'part_of' and part.basis <> 'per_year'
    and whole.fate = 'loaded' and whole.reason is null and whole.basis <> 'per_year'
    and part.first_year = part.last_year
group by all
