-- Of the partners invited to the meetings since 1 April, those who came.
SELECT s.id, s.last, '', sum(attended = 'Y'), count(*), 100, NULL, NULL
FROM spans AS s JOIN cse_attendance ON meeting BETWEEN s.april AND s.last
WHERE s.id = 'cse_attendance' GROUP BY s.last;
