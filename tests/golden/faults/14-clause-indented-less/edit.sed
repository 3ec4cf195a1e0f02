/^indicator days_missing /,/^$/s/^    good  /  good  /
