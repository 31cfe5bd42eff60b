-- Lines whose years lie in a wider amount that counts, with the line that holds them.
select line.line_no, 'part_of' as reason, whole.first_line as whole_line_no
from stretched line
join overlapping part
    on part.project_ref = line.project_ref and part.kind = line.kind and part.stage = line.stage
    and part.first_year = line.first_year and part.last_year = line.last_year
join spans whole
    on whole.project_ref = part.project_ref and whole.kind = part.kind and whole.stage = part.stage
    and whole.first_year = part.container.first_year and whole.last_year = part.container.last_year
where line.line_no not in (select line_no from overfull_lines)
