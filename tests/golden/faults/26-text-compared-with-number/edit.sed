/^indicator adoption_days /,/^$/s/e.placement = "A3"/e.placement = 3/
