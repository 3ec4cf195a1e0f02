SELECT 'took_part_in_review', year, '', sum(code IN ('PN1', 'PN2', 'PN3', 'PN5', 'PN6')), count(*),
       100.0 * sum(code IN ('PN1', 'PN2', 'PN3', 'PN5', 'PN6')) / count(*)
FROM asked JOIN revs ON held BETWEEN first AND last WHERE code <> 'PN0' GROUP BY year;
SELECT 'took_part_in_review', year, 'part under_4', sum(code = 'PN0'), '', ''
FROM asked JOIN revs ON held BETWEEN first AND last GROUP BY year
UNION ALL
SELECT 'took_part_in_review', year, 'part in_person', sum(code IN ('PN1', 'PN2', 'PN3')), '', ''
FROM asked JOIN revs ON held BETWEEN first AND last GROUP BY year;
