-- Of the children in care on the day the data was taken, those placed within the authority.
SELECT id, last, '', sum(la = '933'), count(*), 100, NULL, NULL
FROM in_care WHERE id = 'placed_in_county' GROUP BY last;
