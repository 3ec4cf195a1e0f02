/^indicator assessment_days /,/^$/s/previous year/previous month/
