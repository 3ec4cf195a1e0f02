# One real completion: a zsh of its own on a terminal, a line, and Tab. Prints what the line becomes.
# usage: zsh -f zsh_complete.zsh SCRIPT FOLDER LINE WANTED    ends as soon as WANTED is in the line
zmodload zsh/zpty
zpty z "TERM=dumb zsh -f -i"
zpty -w z "unsetopt zle; PS1=; autoload -Uz compinit; compinit -D -u; source ${(q)1}; cd ${(q)2}"
zpty -w z "bindkey '^I' complete-word; setopt zle; echo REA''DY"
local line all
zpty -r z line '*READY*'
zpty -n -w z "$3"$'\t'
for ((i = 0; i < 550; i++)); do
    while zpty -r -t z line; do all+=$line; done
    [[ $all == *$4* ]] && break
    sleep 0.1
done
print -r -- "$all"
