-- Of the pupils looked after at the end of key stage 4 in the academic year, those with five good GCSEs.
SELECT s.id, s.last, '', sum(reached = 'Y'), count(*), 100, NULL, NULL
FROM spans AS s JOIN pupils ON day BETWEEN s.academic_year AND s.last
WHERE s.id = 'gcse_5ac' AND stage = 'ks4' GROUP BY s.last;
