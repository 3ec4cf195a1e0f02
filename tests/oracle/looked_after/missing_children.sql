WITH c AS (SELECT DISTINCT year, first, last, child FROM asked
           JOIN eps ON began <= last AND (ceased IS NULL OR ceased >= first)),
     m AS (SELECT DISTINCT year, child FROM asked
           JOIN absences ON began <= last AND (ceased IS NULL OR ceased >= first))
SELECT 'missing_children', c.year, '', count(m.child), count(*), 100.0 * count(m.child) / count(*)
FROM c LEFT JOIN m ON m.year = c.year AND m.child = c.child GROUP BY c.year;
