/^indicator cp_visits_on_time /,/^$/{
    /^    basis /d
}
