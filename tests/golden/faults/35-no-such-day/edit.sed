/^indicator adoption_days /,/^$/s/2017-04-03/2017-02-30/
