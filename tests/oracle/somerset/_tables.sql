-- The generated tables as imported, every value a text; here with an empty field as NULL, with days that
-- can be counted, and with the days that the report asks for.
--
-- Each query of this folder is written from the words of its measure and prints
--   id | period end | group | numerator | denominator | scale | share numerator | share denominator
-- with an empty group or `all` for the whole, as the expected table has it. The figure is
-- numerator * scale / denominator: 100 for percentages and points, 10,000 for a rate, 1 for the rest;
-- both are whole numbers, so that the figure can be rounded exactly. NULL is "not yet available".

CREATE TABLE asked AS
  SELECT DISTINCT id, period_end AS last FROM expected;

-- The months of a window, counted back from the month of its last day.
CREATE VIEW spans AS
  SELECT id, last,
         date(last, 'start of month') AS month,
         date(last, 'start of month', '-2 months') AS three_months,
         date(last, 'start of month', '-11 months') AS twelve_months,
         CASE WHEN substr(last, 6, 2) >= '04' THEN substr(last, 1, 4) || '-04-01'
              ELSE (substr(last, 1, 4) - 1) || '-04-01' END AS april,
         date(last, '+1 day', '-1 year') AS academic_year
  FROM asked;

-- Bank holidays of England and Wales.
CREATE TABLE bank(day TEXT);
INSERT INTO bank VALUES
  ('2010-01-01'), ('2010-04-02'), ('2010-04-05'), ('2010-05-03'), ('2010-05-31'), ('2010-08-30'),
  ('2010-12-27'), ('2010-12-28'), ('2011-01-03'), ('2011-04-22'), ('2011-04-25'), ('2011-04-29'),
  ('2011-05-02'), ('2011-05-30'), ('2011-08-29'), ('2011-12-26'), ('2011-12-27'), ('2012-01-02'),
  ('2012-04-06'), ('2012-04-09'), ('2012-05-07'), ('2012-06-04'), ('2012-06-05'), ('2012-08-27'),
  ('2012-12-25'), ('2012-12-26'), ('2013-01-01'), ('2013-03-29'), ('2013-04-01'), ('2013-05-06'),
  ('2013-05-27'), ('2013-08-26'), ('2013-12-25'), ('2013-12-26'), ('2014-01-01'), ('2014-04-18'),
  ('2014-04-21'), ('2014-05-05'), ('2014-05-26'), ('2014-08-25'), ('2014-12-25'), ('2014-12-26'),
  ('2015-01-01'), ('2015-04-03'), ('2015-04-06'), ('2015-05-04'), ('2015-05-25'), ('2015-08-31'),
  ('2015-12-25'), ('2015-12-28'), ('2016-01-01'), ('2016-03-25'), ('2016-03-28'), ('2016-05-02'),
  ('2016-05-30'), ('2016-08-29'), ('2016-12-26'), ('2016-12-27'), ('2017-01-02');

-- Each day with the number of working days up to and including it.
CREATE TABLE days(day TEXT PRIMARY KEY, worked INTEGER) WITHOUT ROWID;
INSERT INTO days
  WITH RECURSIVE d(day) AS (SELECT '2010-01-01' UNION ALL
                            SELECT date(day, '+1 day') FROM d WHERE day < '2017-12-31')
  SELECT day, sum(strftime('%w', day) NOT IN ('0', '6') AND day NOT IN (SELECT day FROM bank))
                OVER (ORDER BY day)
  FROM d;

CREATE VIEW persons AS
  SELECT pers_person_id AS child, pers_dob AS born FROM ssd_person;

CREATE VIEW cases AS
  SELECT cine_referral_id AS id, cine_person_id AS child, cine_referral_date AS opened,
         nullif(cine_close_date, '') AS closed, nullif(cine_contact_id, '') AS contact
  FROM ssd_cin_episodes;

CREATE VIEW assessments AS
  SELECT cina_assessment_id AS id, cina_referral_id AS referral,
         nullif(cina_assessment_auth_date, '') AS completed, cina_assessment_priority AS priority
  FROM ssd_cin_assessments;

CREATE VIEW plans AS
  SELECT cppl_cp_plan_id AS id, cppl_person_id AS child, cppl_cp_plan_start_date AS start,
         nullif(cppl_cp_plan_end_date, '') AS ended
  FROM ssd_cp_plans;

CREATE VIEW need_plans AS
  SELECT cinp_cin_plan_start_date AS start, nullif(cinp_cin_plan_end_date, '') AS ended
  FROM ssd_cin_plans;

-- One open episode a child, with its placement.
CREATE VIEW care AS
  SELECT clae_person_id AS child, clae_entered_care_date AS entered,
         clae_cla_episode_start_date AS start, nullif(clae_cla_episode_ceased_date, '') AS ceased,
         clap_cla_placement_type AS kind, clap_cla_placement_provider AS provider,
         clap_cla_placement_la AS la, clap_cla_placement_distance AS miles,
         clap_cla_placement_start_date AS placed
  FROM ssd_cla_episodes JOIN ssd_cla_placement ON clap_cla_placement_id = clae_cla_placement_id;

-- The children in care at the end of each day that is asked for.
CREATE VIEW in_care AS
  SELECT asked.id, asked.last, care.* FROM asked JOIN care
  ON care.start <= asked.last AND (care.ceased IS NULL OR care.ceased > asked.last);

-- The care leavers of each day that is asked for, with their age.
CREATE VIEW care_leavers AS
  SELECT asked.id, asked.last, clea_person_id AS child, clea_care_leaver_activity AS activity,
         clea_care_leaver_accom_suitable AS suitable,
         substr(asked.last, 1, 4) - substr(born, 1, 4)
           - (substr(asked.last, 6) < substr(born, 6)) AS age
  FROM asked JOIN ssd_care_leavers JOIN persons ON persons.child = clea_person_id
  WHERE clea_care_leaver_from <= asked.last
    AND (clea_care_leaver_until = '' OR clea_care_leaver_until > asked.last);

-- Children aged 0 to 17: the latest mid-year estimate that was out when the data was taken.
CREATE TABLE taken(last TEXT, day TEXT);
INSERT INTO taken VALUES ('2016-09-30', '2016-10-03'), ('2016-12-31', '2017-01-10'),
                         ('2017-01-31', '2017-01-30');
CREATE VIEW children AS
  SELECT taken.last, (SELECT population_estimate FROM population
                      WHERE old_la_code = '933' AND published <= taken.day
                      ORDER BY time_period DESC LIMIT 1) + 0 AS persons
  FROM taken;

-- Results of pupils, dated in the summer of their year.
CREATE VIEW pupils AS
  SELECT 'ks2' AS stage, results_year || '-05-31' AS day, expected_standard_rwm AS reached FROM ks2_cla
  UNION ALL
  SELECT 'ks4', results_year || '-06-30', five_ac FROM ks4_cla;
CREATE VIEW all_pupils AS
  SELECT lower(stage) AS stage, results_year || '-06-30' AS day, pupils, reached FROM attainment_all;

CREATE INDEX plans_id ON ssd_cp_plans(cppl_cp_plan_id);
CREATE INDEX plans_child ON ssd_cp_plans(cppl_person_id);
CREATE INDEX cp_visits_plan ON ssd_cp_visits(cppv_cp_plan_id, cppv_cp_visit_date);
CREATE INDEX cp_visits_child ON ssd_cp_visits(cppv_person_id);
CREATE INDEX cin_visits_child ON ssd_cin_visits(cinv_person_id);
CREATE INDEX cla_visits_child ON ssd_cla_visits(clav_person_id);
CREATE INDEX assessments_referral ON ssd_cin_assessments(cina_referral_id);
CREATE INDEX cases_child ON ssd_cin_episodes(cine_person_id);
CREATE INDEX cases_id ON ssd_cin_episodes(cine_referral_id);
CREATE INDEX cases_contact ON ssd_cin_episodes(cine_contact_id);
CREATE INDEX persons_id ON ssd_person(pers_person_id);
CREATE INDEX placements_id ON ssd_cla_placement(clap_cla_placement_id);
CREATE INDEX disability_child ON ssd_disability(disa_person_id);
CREATE INDEX icpc_child ON ssd_initial_cp_conference(icpc_person_id);
CREATE INDEX reviews_child ON ssd_cp_reviews(cppr_person_id);
CREATE INDEX care_plans_child ON ssd_cla_care_plan(lacp_person_id);
