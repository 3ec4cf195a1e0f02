-- Of the care leavers aged 17 to 21 on the day, those in suitable accommodation.
SELECT id, last, '', sum(suitable = 'Y'), count(*), 100, NULL, NULL
FROM care_leavers WHERE id = 'suitable_accommodation' AND age BETWEEN 17 AND 21 GROUP BY last;
