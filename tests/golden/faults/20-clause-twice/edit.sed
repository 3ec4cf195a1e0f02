/^indicator contacts_decided /,/^$/s/^    good        high/&\
    good        low/
