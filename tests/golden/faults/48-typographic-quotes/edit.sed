/^indicator second_cp_plan /,/^$/s/"\(A repeat.*\)"/“\1”/
