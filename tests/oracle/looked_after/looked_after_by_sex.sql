WITH c AS (SELECT DISTINCT year, child, sex FROM in_care JOIN kids USING (child))
SELECT 'looked_after_by_sex', year, 'Sex=' || s.sex, total(c.sex = s.sex), '', total(c.sex = s.sex)
FROM c, (SELECT '1' AS sex UNION SELECT '2') AS s GROUP BY year, s.sex
UNION ALL
SELECT 'looked_after_by_sex', year, '', count(*), '', count(*) FROM c GROUP BY year;
