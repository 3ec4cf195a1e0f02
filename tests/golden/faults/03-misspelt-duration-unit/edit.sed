/^indicator no_recent_visit /,/^$/s/in 6 weeks to/in 6 weaks to/
