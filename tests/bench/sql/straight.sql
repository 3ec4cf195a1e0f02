-- The obvious form: every row is joined to the periods that it falls in. One query for each indicator gives
-- (ind, period, area, num, den); statements.sh adds area 0, the total. A query with `engine=` stands for
-- the one before it on that engine.
-- @ind cp_second_2y scale=100
SELECT 'cp_second_2y' ind, p.period, c.area, count(*) FILTER (WHERE x.start_d <= k.p24) num, count(*) den
FROM (SELECT child_id, start_d, LAG(end_d) OVER (PARTITION BY child_id ORDER BY start_d) prev_end FROM cp_plans) x
LEFT JOIN calendar k ON k.day = x.prev_end JOIN children c ON c.child_id=x.child_id
JOIN periods p ON x.start_d BETWEEN p.r12_start AND p.p_end GROUP BY p.period, c.area
-- @ind visits_on_time scale=100
SELECT 'visits_on_time' ind, p.period, c.area, count(*) FILTER (WHERE v.done <= v.due) num, count(*) den
FROM visits v JOIN children c ON c.child_id=v.child_id JOIN periods p ON v.due BETWEEN p.r12_start AND p.p_end GROUP BY p.period, c.area
-- @ind cp_2y_asat scale=100
SELECT 'cp_2y_asat' ind, p.period, c.area, count(*) FILTER (WHERE x.start_d <= p.b_24m) num, count(*) den
FROM cp_plans x JOIN children c ON c.child_id=x.child_id JOIN periods p ON x.start_d <= p.p_end AND (x.end_d IS NULL OR x.end_d > p.p_end) GROUP BY p.period, c.area
-- @ind no_activity_6w scale=100
SELECT 'no_activity_6w' ind, o.period, c.area, count(*) FILTER (WHERE a.child_id IS NULL) num, count(*) den
FROM (SELECT DISTINCT p.period, o.child_id FROM (SELECT child_id,start_d,end_d FROM cin_plans UNION ALL SELECT child_id,start_d,end_d FROM cp_plans) o
      JOIN periods p ON o.start_d <= p.p_end AND (o.end_d IS NULL OR o.end_d > p.p_end)) o
JOIN children c ON c.child_id=o.child_id
LEFT JOIN (SELECT DISTINCT p.period, a.child_id FROM (SELECT child_id, done d FROM visits WHERE done IS NOT NULL UNION ALL SELECT child_id, ref_date FROM referrals) a
      JOIN periods p ON a.d > p.e_6w AND a.d <= p.p_end) a ON a.period=o.period AND a.child_id=o.child_id
GROUP BY o.period, c.area
-- @ind no_activity_6w scale=100 engine=sqlite
SELECT 'no_activity_6w' ind, o.period, c.area,
 count(*) FILTER (WHERE NOT EXISTS (SELECT 1 FROM visits v WHERE v.child_id=o.child_id AND v.done > o.e_6w AND v.done <= o.p_end)
                    AND NOT EXISTS (SELECT 1 FROM referrals r WHERE r.child_id=o.child_id AND r.ref_date > o.e_6w AND r.ref_date <= o.p_end)) num, count(*) den
FROM (SELECT DISTINCT p.period, p.p_end, p.e_6w, o.child_id FROM (SELECT child_id,start_d,end_d FROM cin_plans UNION ALL SELECT child_id,start_d,end_d FROM cp_plans) o
      JOIN periods p ON o.start_d <= p.p_end AND (o.end_d IS NULL OR o.end_d > p.p_end)) o
JOIN children c ON c.child_id=o.child_id GROUP BY o.period, c.area
-- @ind rate_s47_icpc scale=10000
SELECT CASE g.kind WHEN 'S47' THEN 'rate_s47' ELSE 'rate_icpc' END ind, g.period, g.area, COALESCE(n.n,0) num, g.age_0_17 den
FROM (SELECT p.period, po.area, po.age_0_17, k.kind FROM periods p JOIN population po ON po.year=p.year CROSS JOIN (SELECT 'S47' kind UNION ALL SELECT 'ICPC') k) g
LEFT JOIN (SELECT e.kind, p.period, c.area, count(*) n FROM enquiries e JOIN children c ON c.child_id=e.child_id
   JOIN periods p ON e.enq_date BETWEEN p.r12_start AND p.p_end GROUP BY e.kind, p.period, c.area) n
ON n.kind=g.kind AND n.period=g.period AND n.area=g.area
-- @ind cp_number scale=1
SELECT 'cp_number' ind, p.period, c.area, count(*) num, 0 den
FROM cp_plans x JOIN children c ON c.child_id=x.child_id JOIN periods p ON x.start_d <= p.p_end AND (x.end_d IS NULL OR x.end_d > p.p_end) GROUP BY p.period, c.area
-- @ind wd_dist scale=100
SELECT 'wd_'||b.b ind, a.period, a.area, CASE b.b WHEN 0 THEN n0 WHEN 1 THEN n1 WHEN 2 THEN n2 WHEN 3 THEN n3 WHEN 4 THEN n4 WHEN 5 THEN n5 ELSE n6 END num, a.n den
FROM (SELECT p.period, c.area, count(*) n, count(*) FILTER (WHERE wd=0) n0, count(*) FILTER (WHERE wd BETWEEN 1 AND 10) n1, count(*) FILTER (WHERE wd BETWEEN 11 AND 20) n2,
  count(*) FILTER (WHERE wd BETWEEN 21 AND 30) n3, count(*) FILTER (WHERE wd BETWEEN 31 AND 40) n4, count(*) FILTER (WHERE wd BETWEEN 41 AND 45) n5, count(*) FILTER (WHERE wd>45) n6
  FROM (SELECT x.child_id, x.completed, k2.wd_cum-k1.wd_cum wd FROM assessments x JOIN calendar k1 ON k1.day=x.referral_date JOIN calendar k2 ON k2.day=x.completed) x
  JOIN children c ON c.child_id=x.child_id JOIN periods p ON x.completed BETWEEN p.r12_start AND p.p_end GROUP BY p.period, c.area) a
CROSS JOIN (SELECT 0 b UNION ALL SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4 UNION ALL SELECT 5 UNION ALL SELECT 6) b
-- @ind placement_stability scale=100
SELECT 'placement_stability' ind, p.period, c.area, count(*) FILTER (WHERE u.start_d <= p.b_24m) num, count(*) den
FROM (SELECT child_id,start_d,end_d, MIN(start_d) OVER (PARTITION BY child_id, sp) spell_start FROM
  (SELECT child_id,start_d,end_d, SUM(brk) OVER (PARTITION BY child_id ORDER BY start_d) sp FROM
   (SELECT child_id,start_d,end_d, CASE WHEN LAG(end_d) OVER (PARTITION BY child_id ORDER BY start_d) = start_d THEN 0 ELSE 1 END brk FROM cla_episodes) s) t) u
JOIN children c ON c.child_id=u.child_id JOIN periods p ON u.start_d <= p.p_end AND (u.end_d IS NULL OR u.end_d > p.p_end) AND u.spell_start <= p.b_30m GROUP BY p.period, c.area
-- @ind dist_gt20 scale=100
SELECT 'dist_gt20' ind, p.period, c.area, count(*) FILTER (WHERE x.distance_miles > 20) num, count(*) den
FROM cla_episodes x JOIN children c ON c.child_id=x.child_id JOIN periods p ON x.start_d <= p.p_end AND (x.end_d IS NULL OR x.end_d > p.p_end) GROUP BY p.period, c.area
-- @ind residential scale=100
SELECT 'residential' ind, p.period, c.area, count(*) FILTER (WHERE x.placement_type IN ('residential','secure','semi_independent')) num, count(*) den
FROM cla_episodes x JOIN children c ON c.child_id=x.child_id JOIN periods p ON x.start_d <= p.p_end AND (x.end_d IS NULL OR x.end_d > p.p_end) GROUP BY p.period, c.area
-- @ind inhouse_foster scale=100
SELECT 'inhouse_foster' ind, p.period, c.area, count(*) FILTER (WHERE x.provider='inhouse') num, count(*) den
FROM cla_episodes x JOIN children c ON c.child_id=x.child_id JOIN periods p ON x.start_d <= p.p_end AND (x.end_d IS NULL OR x.end_d > p.p_end) WHERE x.placement_type='foster' GROUP BY p.period, c.area
-- @ind ytd_spend scale=1
SELECT 'ytd_'||s.kind ind, p.period, s.area, sum(s.amount_pence) num, 0 den
FROM spend s JOIN periods p ON s.spend_date BETWEEN p.ytd_start AND p.p_end WHERE s.kind IN ('ext_foster','ext_residential') GROUP BY s.kind, p.period, s.area
-- @ind mean_days_adoption scale=1
SELECT 'mean_days_adoption' ind, p.period, c.area, sum(u.start_d - u.spell_start) num, count(*) den
FROM (SELECT child_id,start_d,placement_type, MIN(start_d) OVER (PARTITION BY child_id, sp) spell_start FROM
  (SELECT child_id,start_d,placement_type, SUM(brk) OVER (PARTITION BY child_id ORDER BY start_d) sp FROM
   (SELECT child_id,start_d,placement_type, CASE WHEN LAG(end_d) OVER (PARTITION BY child_id ORDER BY start_d) = start_d THEN 0 ELSE 1 END brk FROM cla_episodes) s) t) u
JOIN children c ON c.child_id=u.child_id JOIN periods p ON u.start_d BETWEEN p.ytd_start AND p.p_end WHERE u.placement_type='adoption' GROUP BY p.period, c.area
-- @ind in_county scale=100
SELECT 'in_county' ind, p.period, c.area, count(*) FILTER (WHERE x.in_county=1) num, count(*) den
FROM cla_episodes x JOIN children c ON c.child_id=x.child_id JOIN periods p ON x.start_d <= p.p_end AND (x.end_d IS NULL OR x.end_d > p.p_end) GROUP BY p.period, c.area
-- @ind missing_gt1 scale=1
SELECT 'missing_gt1' ind, x.period, c.area, count(*) num, 0 den
FROM (SELECT p.period, m.child_id FROM missing m JOIN periods p ON m.missing_date BETWEEN p.r12_start AND p.p_end GROUP BY p.period, m.child_id HAVING count(*)>=2) x
JOIN children c ON c.child_id=x.child_id GROUP BY x.period, c.area
-- @ind ref_to_assess scale=100
SELECT 'ref_to_assess' ind, p.period, c.area, count(*) FILTER (WHERE r.led_to_assessment=1) num, count(*) den
FROM referrals r JOIN children c ON c.child_id=r.child_id JOIN periods p ON r.ref_date BETWEEN p.r12_start AND p.p_end GROUP BY p.period, c.area
-- @ind contacts_agency scale=100
SELECT CASE k.k WHEN 0 THEN 'share_' ELSE 'conv_' END || t.ag ind, t.period, t.area, CASE k.k WHEN 0 THEN COALESCE(a.n,0) ELSE COALESCE(a.conv,0) END num, CASE k.k WHEN 0 THEN t.n ELSE COALESCE(a.n,0) END den
FROM (SELECT t.period,t.area,t.n,g.ag FROM (SELECT p.period, c.area, count(*) n FROM referrals r JOIN children c ON c.child_id=r.child_id JOIN periods p ON r.ref_date BETWEEN p.r3_start AND p.p_end GROUP BY p.period, c.area) t
  CROSS JOIN (SELECT 'Education' ag UNION ALL SELECT 'Friends' UNION ALL SELECT 'Health' UNION ALL SELECT 'LA' UNION ALL SELECT 'Other' UNION ALL SELECT 'Police' UNION ALL SELECT 'Self') g) t
LEFT JOIN (SELECT p.period, c.area, r.source_agency, count(*) n, count(*) FILTER (WHERE r.led_to_assessment=1) conv FROM referrals r JOIN children c ON c.child_id=r.child_id JOIN periods p ON r.ref_date BETWEEN p.r3_start AND p.p_end GROUP BY p.period, c.area, r.source_agency) a
 ON a.period=t.period AND a.area=t.area AND a.source_agency=t.ag CROSS JOIN (SELECT 0 k UNION ALL SELECT 1) k
-- @ind repeat_ref_12m scale=100
SELECT 'repeat_ref_12m' ind, p.period, c.area, count(*) FILTER (WHERE x.ref_date <= k.p12) num, count(*) den
FROM (SELECT child_id, ref_date, LAG(ref_date) OVER (PARTITION BY child_id ORDER BY ref_date) prev FROM referrals) x
LEFT JOIN calendar k ON k.day = x.prev JOIN children c ON c.child_id=x.child_id JOIN periods p ON x.ref_date BETWEEN p.r12_start AND p.p_end GROUP BY p.period, c.area
-- @ind assess_45wd scale=100
SELECT 'assess_45wd' ind, p.period, c.area, count(*) FILTER (WHERE k2.wd_cum-k1.wd_cum <= 45) num, count(*) den
FROM assessments x JOIN calendar k1 ON k1.day=x.referral_date JOIN calendar k2 ON k2.day=x.completed
JOIN children c ON c.child_id=x.child_id JOIN periods p ON x.completed BETWEEN p.r12_start AND p.p_end GROUP BY p.period, c.area
-- @ind neet scale=100
WITH n AS MATERIALIZED (SELECT b.age, s.period, c.area, count(*) FILTER (WHERE s.status='NEET') num, count(*) den
 FROM (SELECT p.period, s.child_id, s.status, ROW_NUMBER() OVER (PARTITION BY p.period, s.child_id ORDER BY s.status_date DESC) rn FROM statuses s JOIN periods p ON s.status_date <= p.p_end) s
 JOIN children c ON c.child_id=s.child_id JOIN age_bands b ON b.period=s.period AND c.dob > b.dob_lo AND c.dob <= b.dob_hi WHERE s.rn=1 GROUP BY b.age, s.period, c.area)
SELECT 'neet_'||age ind, period, area, num, den FROM n UNION ALL SELECT 'neet_all', period, area, sum(num), sum(den) FROM n GROUP BY period, area
