-- The form of an expert: the 20 indicators in 10 queries, those over one table in one pass, stocks by
-- differences from month to month, months without activity by bits. $M(x) is the number of a month.
-- @ind F_cp scale=100
WITH u AS MATERIALIZED (SELECT c.area, $M(x.start_d) sm, COALESCE($M(x.end_d),99999) em, CASE WHEN x.start_d <= k.p24 THEN 1 ELSE 0 END sec
 FROM (SELECT child_id, start_d, end_d, LAG(end_d) OVER (PARTITION BY child_id ORDER BY start_d) prev_end FROM cp_plans) x LEFT JOIN calendar k ON k.day = x.prev_end JOIN children c ON c.child_id=x.child_id),
d AS MATERIALIZED (SELECT area, mon, sum(a) a, sum(b) b, sum(f) f, sum(s) s FROM (SELECT area, sm mon, 1 a, 0 b, 1 f, sec s FROM u UNION ALL SELECT area, em, -1, 0, 0, 0 FROM u WHERE em<99999 UNION ALL SELECT area, sm+24, 0, 1, 0, 0 FROM u WHERE em>sm+24 UNION ALL SELECT area, em, 0, -1, 0, 0 FROM u WHERE em>sm+24) q GROUP BY area, mon),
r AS MATERIALIZED (SELECT p.period, d.area, sum(a) a, sum(b) b, sum(CASE WHEN d.mon>=p.mon-11 THEN f ELSE 0 END) f, sum(CASE WHEN d.mon>=p.mon-11 THEN s ELSE 0 END) s FROM d JOIN periods p ON d.mon<=p.mon GROUP BY p.period, d.area)
SELECT CASE k.k WHEN 0 THEN 'cp_second_2y' WHEN 1 THEN 'cp_2y_asat' ELSE 'cp_number' END ind, period, area, CASE k.k WHEN 0 THEN s WHEN 1 THEN b ELSE a END num, CASE k.k WHEN 0 THEN f WHEN 1 THEN a ELSE 0 END den
FROM r CROSS JOIN (SELECT 0 k UNION ALL SELECT 1 UNION ALL SELECT 2) k
-- @ind F_assess scale=100
WITH m AS MATERIALIZED (SELECT c.area, $M(x.completed) mon, count(*) n, count(*) FILTER (WHERE wd=0) n0, count(*) FILTER (WHERE wd BETWEEN 1 AND 10) n1, count(*) FILTER (WHERE wd BETWEEN 11 AND 20) n2,
  count(*) FILTER (WHERE wd BETWEEN 21 AND 30) n3, count(*) FILTER (WHERE wd BETWEEN 31 AND 40) n4, count(*) FILTER (WHERE wd BETWEEN 41 AND 45) n5, count(*) FILTER (WHERE wd>45) n6
  FROM (SELECT x.child_id, x.completed, k2.wd_cum-k1.wd_cum wd FROM assessments x JOIN calendar k1 ON k1.day=x.referral_date JOIN calendar k2 ON k2.day=x.completed) x
  JOIN children c ON c.child_id=x.child_id GROUP BY 1,2)
SELECT CASE b.b WHEN 7 THEN 'assess_45wd' ELSE 'wd_'||b.b END ind, p.period, m.area, sum(CASE b.b WHEN 0 THEN n0 WHEN 1 THEN n1 WHEN 2 THEN n2 WHEN 3 THEN n3 WHEN 4 THEN n4 WHEN 5 THEN n5 WHEN 6 THEN n6 ELSE n-n6 END) num, sum(n) den
FROM m JOIN periods p ON m.mon BETWEEN p.mon-11 AND p.mon
CROSS JOIN (SELECT 0 b UNION ALL SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4 UNION ALL SELECT 5 UNION ALL SELECT 6 UNION ALL SELECT 7) b GROUP BY b.b, p.period, m.area
-- @ind F_ref scale=100
WITH m AS MATERIALIZED (SELECT c.area, $M(x.ref_date) mon, x.source_agency ag, count(*) FILTER (WHERE x.led_to_assessment=1) conv, count(*) n, count(*) FILTER (WHERE x.ref_date <= k.p12) rep
 FROM (SELECT child_id, ref_date, source_agency, led_to_assessment, LAG(ref_date) OVER (PARTITION BY child_id ORDER BY ref_date) prev FROM referrals) x
 LEFT JOIN calendar k ON k.day = x.prev JOIN children c ON c.child_id=x.child_id GROUP BY 1,2,3),
r AS MATERIALIZED (SELECT p.period, m.area, m.ag, sum(conv) conv, sum(n) n FROM m JOIN periods p ON m.mon BETWEEN p.mon-2 AND p.mon GROUP BY p.period, m.area, m.ag),
t AS MATERIALIZED (SELECT period, area, sum(n) n FROM r GROUP BY period, area),
y AS MATERIALIZED (SELECT p.period, m.area, sum(conv) conv, sum(n) n, sum(rep) rep FROM m JOIN periods p ON m.mon BETWEEN p.mon-11 AND p.mon GROUP BY p.period, m.area)
SELECT CASE k.k WHEN 0 THEN 'share_' ELSE 'conv_' END || g.ag ind, t.period, t.area, CASE k.k WHEN 0 THEN COALESCE(r.n,0) ELSE COALESCE(r.conv,0) END num, CASE k.k WHEN 0 THEN t.n ELSE COALESCE(r.n,0) END den
FROM t CROSS JOIN (SELECT 'Education' ag UNION ALL SELECT 'Friends' UNION ALL SELECT 'Health' UNION ALL SELECT 'LA' UNION ALL SELECT 'Other' UNION ALL SELECT 'Police' UNION ALL SELECT 'Self') g
CROSS JOIN (SELECT 0 k UNION ALL SELECT 1) k LEFT JOIN r ON r.period=t.period AND r.area=t.area AND r.ag=g.ag
UNION ALL SELECT CASE k.k WHEN 0 THEN 'ref_to_assess' ELSE 'repeat_ref_12m' END, period, area, CASE k.k WHEN 0 THEN conv ELSE rep END, n FROM y CROSS JOIN (SELECT 0 k UNION ALL SELECT 1) k
-- @ind F_cla scale=100
WITH u AS MATERIALIZED (SELECT c.area, $M(u.start_d) sm, COALESCE($M(u.end_d),99999) em, $M(u.spell_start) pm, CASE WHEN u.distance_miles>20 THEN 1 ELSE 0 END dg, CASE WHEN u.placement_type IN ('residential','secure','semi_independent') THEN 1 ELSE 0 END res,
  CASE WHEN u.placement_type='foster' THEN 1 ELSE 0 END fo, CASE WHEN u.placement_type='foster' AND u.provider='inhouse' THEN 1 ELSE 0 END ih, u.in_county ic, CASE WHEN u.placement_type='adoption' THEN 1 ELSE 0 END ad, u.start_d - u.spell_start AS nd FROM
 (SELECT child_id,start_d,end_d,distance_miles,placement_type,provider,in_county, MIN(start_d) OVER (PARTITION BY child_id, sp) spell_start FROM
  (SELECT *, SUM(brk) OVER (PARTITION BY child_id ORDER BY start_d) sp FROM
   (SELECT *, CASE WHEN LAG(end_d) OVER (PARTITION BY child_id ORDER BY start_d) = start_d THEN 0 ELSE 1 END brk FROM cla_episodes) s) t) u JOIN children c ON c.child_id=u.child_id),
v AS MATERIALIZED (SELECT *, CASE WHEN sm>pm+30 THEN sm ELSE pm+30 END dm, CASE WHEN sm+24>pm+30 THEN sm+24 ELSE pm+30 END nm FROM u),
d AS MATERIALIZED (SELECT area, mon, sum(a) a, sum(dg) dg, sum(res) res, sum(fo) fo, sum(ih) ih, sum(ic) ic, sum(sd) sd, sum(sn) sn, sum(an) an, sum(av) av FROM
 (SELECT area, sm mon, 1 a, dg, res, fo, ih, ic, 0 sd, 0 sn, ad*nd an, ad av FROM v UNION ALL SELECT area, em, -1, -dg, -res, -fo, -ih, -ic, 0, 0, 0, 0 FROM v WHERE em<99999
  UNION ALL SELECT area, dm, 0,0,0,0,0,0, 1, 0, 0, 0 FROM v WHERE em>dm UNION ALL SELECT area, em, 0,0,0,0,0,0, -1, 0, 0, 0 FROM v WHERE em>dm AND em<99999
  UNION ALL SELECT area, nm, 0,0,0,0,0,0, 0, 1, 0, 0 FROM v WHERE em>nm UNION ALL SELECT area, em, 0,0,0,0,0,0, 0, -1, 0, 0 FROM v WHERE em>nm AND em<99999) q GROUP BY area, mon),
r AS MATERIALIZED (SELECT p.period, d.area, sum(a) a, sum(dg) dg, sum(res) res, sum(fo) fo, sum(ih) ih, sum(ic) ic, sum(sd) sd, sum(sn) sn, sum(CASE WHEN d.mon>=p.ytd_mon THEN an ELSE 0 END) an, sum(CASE WHEN d.mon>=p.ytd_mon THEN av ELSE 0 END) av FROM d JOIN periods p ON d.mon<=p.mon GROUP BY p.period, d.area)
SELECT CASE k.k WHEN 0 THEN 'dist_gt20' WHEN 1 THEN 'residential' WHEN 2 THEN 'inhouse_foster' WHEN 3 THEN 'in_county' WHEN 4 THEN 'placement_stability' ELSE 'mean_days_adoption' END ind, period, area,
 CASE k.k WHEN 0 THEN dg WHEN 1 THEN res WHEN 2 THEN ih WHEN 3 THEN ic WHEN 4 THEN sn ELSE an END num, CASE k.k WHEN 2 THEN fo WHEN 4 THEN sd WHEN 5 THEN av ELSE a END den
FROM r CROSS JOIN (SELECT 0 k UNION ALL SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4 UNION ALL SELECT 5) k
-- @ind visits_on_time scale=100
WITH m AS MATERIALIZED (SELECT c.area, $M(v.due) mon, count(*) FILTER (WHERE v.done <= v.due) num, count(*) den FROM visits v JOIN children c ON c.child_id=v.child_id GROUP BY 1,2)
SELECT 'visits_on_time' ind, p.period, m.area, sum(num) num, sum(den) den FROM m JOIN periods p ON m.mon BETWEEN p.mon-11 AND p.mon GROUP BY p.period, m.area
-- @ind no_activity_6w scale=100
WITH q AS MATERIALIZED (SELECT p.mon, CAST(1 AS BIGINT)<<p.period AS bt, n.e_6w, CASE WHEN n.period IS NULL THEN 0 ELSE CAST(1 AS BIGINT)<<n.period END AS nbt FROM
   (SELECT mon, period FROM periods UNION ALL SELECT min(mon)-1, 0 FROM periods) p LEFT JOIN periods n ON n.mon=p.mon+1),
act AS MATERIALIZED (SELECT a.child_id, bit_or(q.bt | CASE WHEN a.d > q.e_6w THEN q.nbt ELSE 0 END) m FROM (SELECT child_id, done d FROM visits WHERE done >= (SELECT min(e_6w) FROM periods) UNION ALL SELECT child_id, ref_date FROM referrals WHERE ref_date >= (SELECT min(e_6w) FROM periods)) a
   JOIN q ON q.mon=$M(a.d) GROUP BY a.child_id),
o AS MATERIALIZED (SELECT child_id, bit_or((CAST(1 AS BIGINT)<<(e+1)) - (CAST(1 AS BIGINT)<<s)) m FROM (SELECT child_id, greatest($M(start_d)-b.b,1) s, least(COALESCE($M(end_d)-1,99999)-b.b,36) e
   FROM (SELECT child_id,start_d,end_d FROM cin_plans UNION ALL SELECT child_id,start_d,end_d FROM cp_plans) o CROSS JOIN (SELECT min(mon)-1 b FROM periods) b) x WHERE e>=s AND e>=1 GROUP BY child_id),
z AS MATERIALIZED (SELECT c.area, o.m om, o.m & ~COALESCE(act.m,0) nm FROM o JOIN children c ON c.child_id=o.child_id LEFT JOIN act ON act.child_id=o.child_id)
SELECT 'no_activity_6w' ind, p.period, z.area, sum(z.nn*((z.nm>>p.period)&1)) num, sum(z.nn*((z.om>>p.period)&1)) den FROM (SELECT area,om,nm,count(*) nn FROM z GROUP BY area,om,nm) z CROSS JOIN periods p GROUP BY p.period, z.area
-- @ind no_activity_6w scale=100 engine=sqlite
SELECT 'no_activity_6w' ind, o.period, c.area,
 count(*) FILTER (WHERE NOT EXISTS (SELECT 1 FROM visits v WHERE v.child_id=o.child_id AND v.done > o.e_6w AND v.done <= o.p_end)
                    AND NOT EXISTS (SELECT 1 FROM referrals r WHERE r.child_id=o.child_id AND r.ref_date > o.e_6w AND r.ref_date <= o.p_end)) num, count(*) den
FROM (SELECT DISTINCT p.period, p.p_end, p.e_6w, o.child_id FROM (SELECT child_id,start_d,end_d FROM cin_plans UNION ALL SELECT child_id,start_d,end_d FROM cp_plans) o
      JOIN periods p ON o.start_d <= p.p_end AND (o.end_d IS NULL OR o.end_d > p.p_end)) o
JOIN children c ON c.child_id=o.child_id GROUP BY o.period, c.area
-- @ind rate_s47_icpc scale=10000
WITH m AS MATERIALIZED (SELECT e.kind, c.area, $M(e.enq_date) mon, count(*) n FROM enquiries e JOIN children c ON c.child_id=e.child_id GROUP BY 1,2,3)
SELECT CASE k.kind WHEN 'S47' THEN 'rate_s47' ELSE 'rate_icpc' END ind, p.period, po.area, COALESCE(sum(m.n),0) num, min(po.age_0_17) den
FROM periods p JOIN population po ON po.year=p.year CROSS JOIN (SELECT 'S47' kind UNION ALL SELECT 'ICPC') k
LEFT JOIN m ON m.kind=k.kind AND m.area=po.area AND m.mon BETWEEN p.mon-11 AND p.mon GROUP BY k.kind, p.period, po.area
-- @ind ytd_spend scale=1
WITH m AS MATERIALIZED (SELECT s.kind, s.area, $M(s.spend_date) mon, sum(s.amount_pence) v FROM spend s WHERE s.kind IN ('ext_foster','ext_residential') GROUP BY 1,2,3)
SELECT 'ytd_'||m.kind ind, p.period, m.area, sum(v) num, 0 den FROM m JOIN periods p ON m.mon BETWEEN p.ytd_mon AND p.mon GROUP BY m.kind, p.period, m.area
-- @ind missing_gt1 scale=1
WITH l AS MATERIALIZED (SELECT child_id, $M(missing_date) cm, $M(LAG(missing_date) OVER w) pm, COALESCE($M(LEAD(missing_date) OVER w),99999) nm FROM missing WINDOW w AS (PARTITION BY child_id ORDER BY missing_date)),
i AS MATERIALIZED (SELECT c.area, l.cm, CASE WHEN l.nm < l.pm+12 THEN l.nm ELSE l.pm+12 END em FROM l JOIN children c ON c.child_id=l.child_id WHERE l.pm IS NOT NULL),
d AS MATERIALIZED (SELECT area, mon, sum(a) a FROM (SELECT area, cm mon, 1 a FROM i WHERE em>cm UNION ALL SELECT area, em, -1 FROM i WHERE em>cm) q GROUP BY area, mon)
SELECT 'missing_gt1' ind, p.period, d.area, sum(a) num, 0 den FROM d JOIN periods p ON d.mon<=p.mon GROUP BY p.period, d.area
-- @ind missing_gt1 scale=1 engine=sqlite
WITH l0 AS MATERIALIZED (SELECT m.child_id, k.mon cm, m.missing_date md FROM missing m JOIN calendar k ON k.day=m.missing_date),
l AS MATERIALIZED (SELECT child_id, cm, LAG(cm) OVER w pm, COALESCE(LEAD(cm) OVER w,99999) nm FROM l0 WINDOW w AS (PARTITION BY child_id ORDER BY md)),
i AS MATERIALIZED (SELECT c.area, l.cm, CASE WHEN l.nm < l.pm+12 THEN l.nm ELSE l.pm+12 END em FROM l JOIN children c ON c.child_id=l.child_id WHERE l.pm IS NOT NULL),
d AS MATERIALIZED (SELECT area, mon, sum(a) a FROM (SELECT area, cm mon, 1 a FROM i WHERE em>cm UNION ALL SELECT area, em, -1 FROM i WHERE em>cm) q GROUP BY area, mon)
SELECT 'missing_gt1' ind, p.period, d.area, sum(a) num, 0 den FROM d JOIN periods p ON d.mon<=p.mon GROUP BY p.period, d.area
-- @ind neet scale=100
WITH n AS MATERIALIZED (SELECT b.age, p.period, c.area, count(*) FILTER (WHERE s.status='NEET') num, count(*) den
 FROM (SELECT child_id, status, status_date, LEAD(status_date) OVER (PARTITION BY child_id ORDER BY status_date) nx FROM statuses) s
 JOIN periods p ON s.status_date <= p.p_end AND (s.nx IS NULL OR s.nx > p.p_end)
 JOIN children c ON c.child_id=s.child_id JOIN age_bands b ON b.period=p.period AND c.dob > b.dob_lo AND c.dob <= b.dob_hi GROUP BY b.age, p.period, c.area)
SELECT 'neet_'||age ind, period, area, num, den FROM n UNION ALL SELECT 'neet_all', period, area, sum(num), sum(den) FROM n GROUP BY period, area
