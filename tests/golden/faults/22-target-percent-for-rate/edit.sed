/^indicator cp_plan_rate /,/^$/s/target      42.5/target      42.5%/
