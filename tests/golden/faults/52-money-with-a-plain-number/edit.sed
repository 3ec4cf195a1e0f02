/^indicator weekly_cost /,/^$/s/> £4,000$/> 4000/
