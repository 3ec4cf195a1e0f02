-- Of the missing episodes of children looked after that ended since 1 April, those after which the child
-- accepted an interview.
SELECT s.id, s.last, '', sum(miss_missing_rhi_accepted = 'Y'), count(*), 100, NULL, NULL
FROM spans AS s JOIN ssd_missing ON miss_missing_episode_end_date BETWEEN s.april AND s.last
WHERE s.id = 'return_home_interviews' GROUP BY s.last;
