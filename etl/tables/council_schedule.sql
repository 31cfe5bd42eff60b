-- The schedule as councils see it: of joint projects by their shares, of all others as it stands.
select schedule.*, 'alone' as part from schedule where not joint
union all by name
select * from shared
