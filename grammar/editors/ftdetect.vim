" Files that end in .kpi are definitions of indicators.
autocmd BufNewFile,BufRead *.kpi set filetype=kpi
