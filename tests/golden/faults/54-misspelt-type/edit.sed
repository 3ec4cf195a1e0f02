/^source missing_episode /,/^$/s/risk_score  integer/risk_score  integr/
