-- What no real records could be: prints one line a kind of fault, with how many there are and one of them.
CREATE INDEX sound_cases_child ON ssd_cin_episodes(cine_person_id, cine_referral_date);
CREATE INDEX sound_episodes_child ON ssd_cla_episodes(clae_person_id);
CREATE VIEW ages AS
  SELECT cine_person_id AS child, cine_referral_date AS day, 'referred' AS what FROM ssd_cin_episodes
  UNION ALL SELECT cppl_person_id, cppl_cp_plan_start_date, 'on a plan' FROM ssd_cp_plans
  UNION ALL SELECT clae_person_id, clae_cla_episode_start_date, 'looked after' FROM ssd_cla_episodes
  UNION ALL SELECT cont_person_id, cont_contact_date, 'contacted' FROM ssd_contacts
  UNION ALL SELECT miss_person_id, miss_missing_episode_start_date, 'missing' FROM ssd_missing;
CREATE VIEW faults AS
  SELECT 'a child of 18 or more, or not yet born: ' || what AS fault, child AS id
  FROM ages JOIN persons USING (child) WHERE date(born, '+18 years') <= day OR born > day
  UNION ALL
  SELECT 'a child that is not in the table of children: ' || what, child FROM ages
  WHERE child NOT IN (SELECT pers_person_id FROM ssd_person)
  UNION ALL
  SELECT 'two cases of a child at once', a.id FROM cases AS a JOIN ssd_cin_episodes AS b
  ON b.cine_person_id = a.child AND b.cine_referral_id > a.id AND b.cine_referral_date >= a.opened
  WHERE a.closed IS NULL OR a.closed >= b.cine_referral_date
  UNION ALL
  SELECT 'two cases of a child at once', a.id FROM cases AS a JOIN ssd_cin_episodes AS b
  ON b.cine_person_id = a.child AND b.cine_referral_id < a.id AND b.cine_referral_date > a.opened
  WHERE a.closed IS NULL OR a.closed >= b.cine_referral_date
  UNION ALL
  SELECT 'a case closed before it was opened', id FROM cases WHERE closed < opened
  UNION ALL
  SELECT 'two plans of a child at once', a.id FROM plans AS a JOIN plans AS b
  ON b.child = a.child AND b.id <> a.id AND b.start >= a.start AND (a.ended IS NULL OR a.ended > b.start)
  UNION ALL
  SELECT 'a plan that ends before it begins', id FROM plans WHERE ended <= start
  UNION ALL
  SELECT 'a child in need plan that ends before it begins', start FROM need_plans WHERE ended <= start
  UNION ALL
  SELECT 'an assessment completed before it was begun, or begun before the referral', cina_assessment_id
  FROM ssd_cin_assessments JOIN cases ON cases.id = cina_referral_id
  WHERE cina_assessment_start_date < opened
     OR (cina_assessment_auth_date <> '' AND cina_assessment_auth_date < cina_assessment_start_date)
  UNION ALL
  SELECT 'an enquiry out of order', s47e_s47_enquiry_id
  FROM ssd_s47_enquiry JOIN cases ON cases.id = s47e_referral_id
  WHERE s47e_s47_start_date < opened OR s47e_s47_end_date < s47e_s47_start_date
  UNION ALL
  SELECT 'a visit outside its plan', cppv_cp_visit_id FROM ssd_cp_visits JOIN plans ON id = cppv_cp_plan_id
  WHERE cppv_cp_visit_date < start OR cppv_cp_visit_date >= ended OR cppv_person_id <> child
  UNION ALL
  SELECT 'a review outside its plan', cppr_cp_review_id FROM ssd_cp_reviews JOIN plans ON id = cppr_cp_plan_id
  WHERE cppr_cp_review_date <= start OR cppr_cp_review_date > ended OR cppr_person_id <> child
  UNION ALL
  SELECT 'a plan without the conference that made it', id FROM ssd_cp_plans
  JOIN plans ON plans.id = cppl_cp_plan_id
  LEFT JOIN ssd_initial_cp_conference ON icpc_icpc_id = cppl_icpc_id
  WHERE icpc_icpc_date IS NULL OR icpc_icpc_date <> start OR icpc_person_id <> child
     OR icpc_icpc_outcome_cp_flag <> 'Y'
  UNION ALL
  SELECT 'episodes of a child that overlap', a.child FROM care AS a JOIN ssd_cla_episodes AS b
  ON b.clae_person_id = a.child AND b.clae_cla_episode_start_date > a.start
  WHERE a.ceased IS NULL OR a.ceased > b.clae_cla_episode_start_date
  UNION ALL
  SELECT 'an episode that is not as long as its placement', clae_cla_episode_id
  FROM ssd_cla_episodes JOIN ssd_cla_placement ON clap_cla_placement_id = clae_cla_placement_id
  WHERE clap_cla_placement_start_date <> clae_cla_episode_start_date
     OR clap_cla_placement_end_date <> clae_cla_episode_ceased_date
     OR (clae_cla_episode_ceased_date <> '' AND clae_cla_episode_ceased_date <= clae_cla_episode_start_date)
  UNION ALL
  SELECT 'a child missing while not in care', miss_table_id FROM ssd_missing
  WHERE NOT EXISTS (SELECT 1 FROM ssd_cla_episodes WHERE clae_person_id = miss_person_id
                      AND clae_cla_episode_start_date <= miss_missing_episode_start_date
                      AND (clae_cla_episode_ceased_date = ''
                           OR clae_cla_episode_ceased_date > miss_missing_episode_start_date))
  UNION ALL
  SELECT 'a care leaver under 17', clea_table_id
  FROM ssd_care_leavers JOIN persons ON child = clea_person_id
  WHERE date(born, '+17 years') > clea_care_leaver_from
  UNION ALL
  SELECT 'two spells of a care leaver at once', a.clea_table_id
  FROM ssd_care_leavers AS a JOIN ssd_care_leavers AS b
  ON b.clea_person_id = a.clea_person_id AND b.clea_care_leaver_from > a.clea_care_leaver_from
  WHERE a.clea_care_leaver_until = '' OR a.clea_care_leaver_until > b.clea_care_leaver_from
  UNION ALL
  SELECT 'a referral before its contact', cine_referral_id
  FROM ssd_cin_episodes JOIN ssd_contacts ON cont_contact_id = cine_contact_id
  WHERE cont_contact_date > cine_referral_date OR cont_person_id <> cine_person_id
  UNION ALL
  SELECT 'a payment for a placement of another month', voucher
  FROM placement_payment JOIN ssd_cla_placement ON clap_cla_placement_id = placement_id
  WHERE substr(clap_cla_placement_start_date, 1, 7) > substr(paid, 1, 7)
     OR (clap_cla_placement_end_date <> '' AND substr(clap_cla_placement_end_date, 1, 7) < substr(paid, 1, 7))
  UNION ALL
  SELECT 'a payment of nothing', voucher FROM placement_payment WHERE amount + 0 <= 0;
SELECT fault || ' (' || count(*) || ', as ' || min(id) || ')' FROM faults GROUP BY fault;
