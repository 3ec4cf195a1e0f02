SELECT 'no_review_in_6_months', year, '', count(*), '', count(*)
FROM in_care AS i
WHERE (SELECT coalesce(max(held), '') FROM revs
       WHERE revs.child = i.child AND held <= i.last) < (year - 1) || '-10-01'
GROUP BY year;
