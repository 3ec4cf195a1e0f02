/^indicator looked_after_change /,/^$/s/episode z dated z.ended/episode s dated s.ended/
