/^indicator days_missing /,/^$/s/risk_score >= 5/risk_score >= 50%/
