-- The schedule as councils see it, added up as `schedule_cells`.
select * from schedule_cells where not joint
union all by name
select * from shared_cells
