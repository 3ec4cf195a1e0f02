WITH c AS (SELECT DISTINCT year, child, sex, need FROM in_care JOIN kids USING (child)),
     s(sex) AS (VALUES ('1'), ('2')),
     n(need) AS (VALUES ('N1'), ('N2'), ('N3'), ('N4'), ('N5'), ('N6'), ('N7'), ('N8'))
SELECT 'looked_after_by_sex_and_need', year, 'Sex=' || s.sex || ';Need=' || n.need, k, '', k
FROM (SELECT asked.year AS year, s.sex, n.need, count(c.child) AS k FROM asked, s, n
      LEFT JOIN c ON c.year = asked.year AND c.sex = s.sex AND c.need = n.need
      GROUP BY asked.year, s.sex, n.need) AS x
  JOIN s ON s.sex = x.sex JOIN n ON n.need = x.need
UNION ALL
SELECT 'looked_after_by_sex_and_need', year, 'Sex=' || sex, count(DISTINCT child), '',
       count(DISTINCT child) FROM c GROUP BY year, sex
UNION ALL
SELECT 'looked_after_by_sex_and_need', year, 'Need=' || need, count(DISTINCT child), '',
       count(DISTINCT child) FROM c GROUP BY year, need
UNION ALL
SELECT 'looked_after_by_sex_and_need', year, '', count(DISTINCT child), '', count(DISTINCT child)
FROM c GROUP BY year;
