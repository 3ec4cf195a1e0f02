/^indicator no_recent_visit /,/^$/s/p.child.disabled/p.child.disabld/
