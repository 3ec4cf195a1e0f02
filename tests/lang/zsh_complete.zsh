# One real completion: a zsh of its own on a terminal, a line, and Tab. Prints what the line becomes.
# usage: zsh -f zsh_complete.zsh SCRIPT FOLDER LINE WANTED    ends as soon as WANTED is in the line
#
# A shell throws away what is typed before it is ready: it is set up by a file beside SCRIPT, and the
# line is typed when its prompt is there.
zmodload zsh/zpty
here=${1:h}
print -r -- "PS1=NOW; autoload -Uz compinit; compinit -D -u; source ${(q)1}; cd ${(q)2}
bindkey '^I' complete-word" >$here/.zshrc
zpty z "TERM=dumb ZDOTDIR=${(q)here} zsh -d -i"
local line all
zpty -r z line '*NOW*'
zpty -n -w z "$3"$'\t'
for ((i = 1; i < 500; i++)); do
    while zpty -r -t z line; do all+=$line; done
    [[ $all == *$4* ]] && break
    sleep 0.1
done
print -r -- "$all"
