/^indicator missing_children /,/^$/s/to away.end/to awy.end/
