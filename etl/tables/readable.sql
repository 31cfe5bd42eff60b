-- Lines that are not quarantined.
select * from amended where not exists (select 1 from quarantined where quarantined.line_no = amended.line_no)
