-- Lines that go on with a series of years after a year that it lacks.
select line_no, min(financial_year) as financial_year, max(before_year) as before_year
from continuing
where before_year < financial_year - 1
group by line_no
