-- Of the children in care on the day, those whose placement is more than 20.0 miles from home.
SELECT id, last, '', sum(miles + 0.0 > 20.0), count(*), 100, NULL, NULL
FROM in_care WHERE id = 'placed_over_20_miles' GROUP BY last;
