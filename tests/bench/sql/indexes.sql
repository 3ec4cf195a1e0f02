-- What a competent administrator indexes for these queries (SQLite and PostgreSQL).
CREATE INDEX ix_calendar ON calendar(day);
CREATE INDEX ix_children ON children(child_id, area, dob);
CREATE INDEX ix_visits_due ON visits(due, done, child_id);
CREATE INDEX ix_visits_child ON visits(child_id, done);
CREATE INDEX ix_referrals_on ON referrals(ref_date, child_id, led_to_assessment, source_agency);
CREATE INDEX ix_referrals_child ON referrals(child_id, ref_date);
CREATE INDEX ix_assessments ON assessments(completed, referral_date, child_id);
CREATE INDEX ix_cp_plans ON cp_plans(child_id, start_d, end_d);
CREATE INDEX ix_episodes ON cla_episodes(child_id, start_d, end_d);
CREATE INDEX ix_missing ON missing(missing_date, child_id);
CREATE INDEX ix_enquiries ON enquiries(enq_date, kind, child_id);
CREATE INDEX ix_statuses ON statuses(child_id, status_date, status);
