/^indicator assessments_on_time /,/^$/s/working_days(a.referral.received, a.completed) <=/a.completed - a.referral.received <=/
