" Colours one file and writes, for each character that is coloured, LINE COLUMN GROUP, into $COLOURS.
set nocompatible encoding=utf-8
syntax on
syntax clear
unlet! b:current_syntax
exe 'source' $SYNTAX
let b:out = []
for b:line in range(1, line('$'))
  for b:column in range(1, strlen(getline(b:line)))
    let b:group = synIDattr(synID(b:line, b:column, 1), 'name')
    if b:group !=# ''
      call add(b:out, b:line . ' ' . (strchars(strpart(getline(b:line), 0, b:column - 1)) + 1) . ' ' . b:group)
    endif
  endfor
endfor
call writefile(b:out, $COLOURS)
quitall!
