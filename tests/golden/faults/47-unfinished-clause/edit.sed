/^indicator contacts_decided /,/^$/s/target      90%/target/
