-- For each measure one change of the records that must change its figure: id, then the change. They are
-- made on the tables as imported, and on those of a store, where an empty field is NULL.
CREATE TABLE changes(id TEXT PRIMARY KEY, change TEXT);
INSERT INTO changes VALUES
('second_cp_plan', 'DELETE FROM ssd_cp_plans WHERE rowid = (SELECT rowid FROM ssd_cp_plans
  WHERE cppl_cp_plan_start_date BETWEEN ''2016-03-01'' AND ''2016-11-30'' LIMIT 1)'),
('cp_visits_on_time', 'DELETE FROM ssd_cp_visits WHERE rowid = (SELECT rowid FROM ssd_cp_visits
  WHERE cppv_cp_visit_date BETWEEN ''2016-03-01'' AND ''2016-11-30'' LIMIT 1)'),
('cp_two_years_plus', 'UPDATE ssd_cp_plans SET cppl_cp_plan_start_date = ''2014-11-03'' WHERE rowid =
  (SELECT rowid FROM ssd_cp_plans WHERE coalesce(cppl_cp_plan_end_date, '''') = ''''
   AND cppl_cp_plan_start_date > ''2015-06-01'' LIMIT 1)'),
('cin_duration', 'UPDATE ssd_cin_plans SET cinp_cin_plan_start_date = ''2015-01-05'' WHERE rowid =
  (SELECT rowid FROM ssd_cin_plans WHERE coalesce(cinp_cin_plan_end_date, '''') = ''''
   AND cinp_cin_plan_start_date BETWEEN ''2016-10-01'' AND ''2016-12-01'' LIMIT 1)'),
('no_recent_activity', 'DELETE FROM ssd_cin_visits WHERE cinv_person_id = (SELECT cinp_person_id
  FROM ssd_cin_plans WHERE coalesce(cinp_cin_plan_end_date, '''') = '''' AND cinp_cin_plan_start_date
    BETWEEN ''2016-08-01'' AND ''2016-10-10'' AND cinp_person_id NOT IN
    (SELECT cppv_person_id FROM ssd_cp_visits WHERE cppv_cp_visit_date > ''2016-11-01'')
  AND cinp_person_id IN (SELECT cinv_person_id FROM ssd_cin_visits
    WHERE cinv_cin_visit_date > ''2017-01-01'') LIMIT 1)'),
('icpc_rate', 'DELETE FROM ssd_initial_cp_conference WHERE icpc_icpc_date
  BETWEEN ''2016-03-01'' AND ''2016-03-31'''),
('cp_plans', 'UPDATE ssd_cp_plans SET cppl_cp_plan_end_date = ''2016-09-29'' WHERE rowid =
  (SELECT rowid FROM ssd_cp_plans WHERE coalesce(cppl_cp_plan_end_date, '''') = ''''
   AND cppl_cp_plan_start_date < ''2016-09-01'' LIMIT 1)'),
('assessment_duration', 'UPDATE ssd_cin_episodes SET cine_referral_date = ''2016-01-04'' WHERE rowid =
  (SELECT e.rowid FROM ssd_cin_episodes AS e JOIN ssd_cin_assessments
   ON cina_referral_id = cine_referral_id WHERE cina_assessment_auth_date
   BETWEEN ''2016-05-01'' AND ''2016-09-01'' AND cine_referral_date > ''2016-04-20'' LIMIT 1)'),
('placement_stability', 'UPDATE ssd_cla_placement SET clap_cla_placement_start_date = ''2016-06-01''
  WHERE rowid = (SELECT rowid FROM ssd_cla_placement WHERE coalesce(clap_cla_placement_end_date, '''') = ''''
   AND clap_cla_placement_start_date < ''2014-06-01'' LIMIT 1)'),
('emergency_placements', 'UPDATE ssd_cla_placement SET clap_emergency = ''N''
  WHERE clap_cla_placement_start_date > ''2016-12-01'''),
('parent_child_placements', 'UPDATE ssd_cla_placement SET clap_parent_and_child = ''N''
  WHERE clap_cla_placement_start_date > ''2016-12-01'''),
('permanence_plan', 'UPDATE ssd_cla_care_plan SET lacp_permanence_plan = NULL WHERE rowid =
  (SELECT rowid FROM ssd_cla_care_plan WHERE coalesce(lacp_cla_care_plan_end_date, '''') = ''''
   AND lacp_permanence_plan <> '''' LIMIT 1)'),
('placed_over_20_miles', 'UPDATE ssd_cla_placement SET clap_cla_placement_distance = ''20.0'' WHERE rowid =
  (SELECT rowid FROM ssd_cla_placement WHERE coalesce(clap_cla_placement_end_date, '''') = ''''
   AND clap_cla_placement_distance + 0.0 > 20 AND clap_cla_placement_start_date < ''2016-12-01'' LIMIT 1)'),
('residential_care', 'UPDATE ssd_cla_placement SET clap_cla_placement_type = ''H5'' WHERE rowid =
  (SELECT rowid FROM ssd_cla_placement WHERE coalesce(clap_cla_placement_end_date, '''') = ''''
   AND clap_cla_placement_type = ''K2'' LIMIT 1)'),
('in_house_fostering', 'UPDATE ssd_cla_placement SET clap_cla_placement_provider = ''PR4'' WHERE rowid =
  (SELECT rowid FROM ssd_cla_placement WHERE coalesce(clap_cla_placement_end_date, '''') = ''''
   AND clap_cla_placement_type = ''U6'' AND clap_cla_placement_provider = ''PR1'' LIMIT 1)'),
('external_fostering_spend', 'UPDATE placement_payment SET amount = ''0.01'' WHERE rowid =
  (SELECT rowid FROM placement_payment WHERE budget = ''external fostering'' AND paid > ''2016-04-01'' LIMIT 1)'),
('external_residential_spend', 'UPDATE placement_payment SET amount = ''0.01'' WHERE rowid =
  (SELECT rowid FROM placement_payment WHERE budget = ''external residential'' AND paid > ''2016-04-01'' LIMIT 1)'),
('carers_over_10', 'UPDATE foster_carer SET approved_to_age = ''10'' WHERE rowid =
  (SELECT rowid FROM foster_carer WHERE coalesce(ended, '''') = '''' AND approved_to_age + 0 > 10 LIMIT 1)'),
('days_to_adoption', 'UPDATE ssd_permanence SET perm_entered_care_date = ''2012-01-01'' WHERE rowid =
  (SELECT rowid FROM ssd_permanence WHERE perm_placed_for_adoption_date > ''2016-05-01'' LIMIT 1)'),
('placed_in_county', 'UPDATE ssd_cla_placement SET clap_cla_placement_la = ''878'' WHERE rowid =
  (SELECT rowid FROM ssd_cla_placement WHERE coalesce(clap_cla_placement_end_date, '''') = ''''
   AND clap_cla_placement_la = ''933'' AND clap_cla_placement_start_date < ''2017-01-01'' LIMIT 1)'),
('ks2_rwm', 'UPDATE ks2_cla SET expected_standard_rwm = ''Y'' WHERE results_year = ''2016'''),
('ks2_gap', 'UPDATE attainment_all SET reached = reached - 100 WHERE stage = ''KS2'''),
('gcse_5ac', 'UPDATE ks4_cla SET five_ac = ''Y'' WHERE results_year = ''2016'''),
('gcse_gap', 'UPDATE attainment_all SET reached = reached - 100 WHERE stage = ''KS4'' AND reached <> ''x'''),
('care_leavers_neet', 'UPDATE ssd_care_leavers SET clea_care_leaver_activity = ''F2'' WHERE rowid =
  (SELECT rowid FROM ssd_care_leavers WHERE clea_care_leaver_activity = ''G5''
   AND coalesce(clea_care_leaver_until, '''') = '''' LIMIT 1)'),
('conference_attendance', 'UPDATE ssd_cp_reviews SET cppr_cp_review_participation = ''PN1'' WHERE rowid =
  (SELECT rowid FROM ssd_cp_reviews WHERE cppr_cp_review_date > ''2016-11-05''
   AND cppr_cp_review_participation = ''PN7'' LIMIT 1)'),
('promise_advocates', 'DELETE FROM promise_support WHERE support_date > ''2016-12-25'''),
('suitable_accommodation', 'UPDATE ssd_care_leavers SET clea_care_leaver_accom_suitable = ''N'' WHERE rowid =
  (SELECT rowid FROM ssd_care_leavers WHERE clea_care_leaver_accom_suitable = ''Y''
   AND coalesce(clea_care_leaver_until, '''') = '''' LIMIT 1)'),
('contacts_by_agency', 'UPDATE ssd_cin_episodes SET cine_contact_id = NULL WHERE cine_contact_id <> ''''
  AND cine_referral_date = ''2016-11-15'''),
('return_home_interviews', 'UPDATE ssd_missing SET miss_missing_rhi_accepted = ''N'' WHERE rowid =
  (SELECT rowid FROM ssd_missing WHERE miss_missing_rhi_accepted = ''Y''
   AND miss_missing_episode_end_date > ''2016-05-01'' LIMIT 1)'),
('assessments_on_time', 'UPDATE assessment_priority SET deadline_working_days = ''5''
  WHERE priority = ''URGENT'''),
('missing_more_than_once', 'DELETE FROM police_missing WHERE reported BETWEEN ''2016-02-01'' AND ''2016-04-30'''),
('cse_attendance', 'UPDATE cse_attendance SET attended = ''N'' WHERE partner = ''Police'''),
('referrals_assessed', 'DELETE FROM ssd_cin_assessments WHERE rowid = (SELECT a.rowid
  FROM ssd_cin_assessments AS a JOIN ssd_cin_episodes ON cine_referral_id = cina_referral_id
  WHERE cine_referral_date BETWEEN ''2016-03-01'' AND ''2016-09-01'' AND coalesce(cina_assessment_auth_date, '''') = '''' LIMIT 1)'),
('s47_rate', 'DELETE FROM ssd_s47_enquiry WHERE s47e_s47_end_date BETWEEN ''2016-05-01'' AND ''2016-05-20''');
