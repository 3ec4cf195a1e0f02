/^indicator contacts_decided /,/^$/s/quarter every quarter/quarter every month/
