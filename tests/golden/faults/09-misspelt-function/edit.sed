/^indicator assessments_on_time /,/^$/s/working_days(/workng_days(/
