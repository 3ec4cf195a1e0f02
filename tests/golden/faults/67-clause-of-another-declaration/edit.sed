/^indicator days_missing /,/^$/s/^    decimals    0/    key         days/
