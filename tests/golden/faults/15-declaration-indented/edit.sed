s/^indicator days_missing/    indicator days_missing/
