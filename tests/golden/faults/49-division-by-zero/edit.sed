/^indicator days_missing /,/^$/s|m.risk_score >= 5|m.risk_score / 0 >= 5|
