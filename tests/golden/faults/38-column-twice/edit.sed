/^source care_leaver /,/^$/s/^    column      until .*/&\
    column      until       date/
