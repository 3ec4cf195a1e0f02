/^indicator contacts_decided /,/^$/s/contact t dated t.received where t.decided/referral t dated t.received where t.closed/
