/^indicator repeat_plans_published /,/^$/s|2015/16|2016/18|
