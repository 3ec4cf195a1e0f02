/^indicator missing_children /,/^$/s/^    basis       count/&\
    decimals    1/
