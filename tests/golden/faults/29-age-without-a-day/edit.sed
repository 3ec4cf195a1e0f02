/^indicator first_residential /,/^$/s/age(e.child.born, e.ended)/age(e.child.born)/
