/^indicator days_missing /,/^$/{
    /^    value /d
}
