/^indicator assessment_days /,/^$/s/a.completed) of/a.completed of/
