/^indicator weekly_cost /,/^$/s/held e.started/hold e.started/
