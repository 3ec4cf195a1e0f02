-- Of the plans open on the day, those begun two years before or earlier.
SELECT asked.id, last, '', sum(date(start, '+2 years') <= last), count(*), 100, NULL, NULL
FROM asked JOIN plans ON start <= last AND (ended IS NULL OR ended > last)
WHERE asked.id = 'cp_two_years_plus' GROUP BY last;
