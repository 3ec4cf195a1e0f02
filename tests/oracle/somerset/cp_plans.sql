-- Children with a child protection plan that is open on the day.
SELECT asked.id, last, '', count(DISTINCT child), 1, 1, NULL, NULL
FROM asked JOIN plans ON start <= last AND (ended IS NULL OR ended > last)
WHERE asked.id = 'cp_plans' GROUP BY last;
