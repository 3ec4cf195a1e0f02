/^indicator missing_children /,/^$/s/basis       count/basis       percent/
