-- The observations that count.
select * from observations where standing = 'counts'
