/^indicator days_missing /,/^$/s/^    good  /\tgood  /
