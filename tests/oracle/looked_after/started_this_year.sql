SELECT 'started_this_year', asked.year, '', count(id), '', count(id)
FROM asked LEFT JOIN entered_care USING (year) GROUP BY asked.year;
