-- Of the care leavers aged 17 to 21 on the day, those not in education, employment or training; and by
-- age.
WITH l AS (SELECT * FROM care_leavers WHERE id = 'care_leavers_neet' AND age BETWEEN 17 AND 21)
SELECT id, last, 'all', sum(activity IN ('G4', 'G5', 'G6')), count(*), 100, NULL, NULL FROM l
GROUP BY last
UNION ALL
SELECT id, last, age, sum(activity IN ('G4', 'G5', 'G6')), count(*), 100, NULL, NULL FROM l
GROUP BY last, age;
