-- Of the pupils looked after at the end of key stage 2 in the academic year, those at the expected
-- standard.
SELECT s.id, s.last, '', sum(reached = 'Y'), count(*), 100, NULL, NULL
FROM spans AS s JOIN pupils ON day BETWEEN s.academic_year AND s.last
WHERE s.id = 'ks2_rwm' AND stage = 'ks2' GROUP BY s.last;
