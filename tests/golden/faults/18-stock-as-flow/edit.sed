/^indicator days_missing /,/^$/s/dated m.end/held m.start to m.end/
