/^source assessment /,/^$/s/worker      text/worker      link to population/
