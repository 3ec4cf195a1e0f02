/^indicator second_cp_plan /,/^$/s|2018-01-12|12/01/2018|
