/^indicator youngest_looked_after /,/^$/s/window      snapshot/window      snapshto/
