-- Fostering households on the register on the day the data was taken that are approved for children over
-- ten.
SELECT asked.id, last, '', count(*), 1, 1, NULL, NULL
FROM asked JOIN foster_carer ON approved <= last AND (ended = '' OR ended > last)
WHERE asked.id = 'carers_over_10' AND approved_to_age + 0 > 10 GROUP BY last;
