-- Each row of the expected table against the queries' results: prints id|period end|group|what differs.
-- A printed number is its digits and the places after its point; the result is rounded half up to so many
-- places in whole numbers.

CREATE TABLE got(id TEXT, last TEXT, part TEXT, n INTEGER, d INTEGER, scale INTEGER, sn INTEGER, sd INTEGER);
INSERT INTO got
  SELECT id, last, CASE part WHEN '' THEN 'all' ELSE part END, nullif(n, ''), nullif(d, ''), scale,
         nullif(sn, ''), nullif(sd, '')
  FROM results;

-- What the report prints although its own figures say otherwise: as it should be.
CREATE TABLE corrected(id TEXT, last TEXT, part TEXT, wrong TEXT, right TEXT);
INSERT INTO corrected VALUES
  ('in_house_fostering', '2017-01-10', 'all', '62.2%', '61.4%'),
  ('care_leavers_neet', '2016-12-31', 'all', '42.8%', '42.6%');

-- Made by another definition than ours: the report's figure is kept as reported, not computed.
CREATE TABLE reported(id TEXT, last TEXT, printed TEXT);
INSERT INTO reported VALUES ('residential_care', '2017-01-10', '4.6%');

CREATE TABLE want AS
  SELECT e.id, e.period_end AS last, CASE e."group" WHEN '' THEN 'all' ELSE e."group" END AS part,
         nullif(e.numerator, '') AS n, nullif(e.denominator, '') AS d,
         coalesce(c.right, e.printed) AS printed
  FROM expected AS e LEFT JOIN corrected AS c
    ON c.id = e.id AND c.last = e.period_end AND c.wrong = e.printed
   AND c.part = CASE e."group" WHEN '' THEN 'all' ELSE e."group" END
  WHERE NOT EXISTS (SELECT 1 FROM reported AS r
                    WHERE r.id = e.id AND r.last = e.period_end AND r.printed = e.printed);

-- Up to two numbers in one cell: a share and a conversion rate.
CREATE TABLE figures AS
  SELECT id, last, part, CASE WHEN instr(printed, ' / ') THEN 'conversion' ELSE 'figure' END AS which,
         CASE WHEN instr(printed, ' / ') THEN substr(printed, instr(printed, ' / ') + 3) ELSE printed END
           AS printed
  FROM want
  UNION ALL
  SELECT id, last, part, 'share', substr(printed, 1, instr(printed, ' / ') - 1) FROM want
  WHERE instr(printed, ' / ');
CREATE TABLE numbers AS
  SELECT id, last, part, which, printed,
         replace(replace(replace(replace(printed, '£', ''), ',', ''), '%', ''), ' percentage points', '')
           AS plain
  FROM figures;
CREATE TABLE digits AS
  SELECT *, CAST(replace(plain, '.', '') AS INTEGER) AS whole,
         CASE WHEN instr(plain, '.') THEN length(plain) - instr(plain, '.') ELSE 0 END AS places
  FROM numbers WHERE printed <> '(chart)' AND printed <> 'not yet available';

SELECT w.id, w.last, w.part, 'no result' FROM want AS w
WHERE NOT EXISTS (SELECT 1 FROM got AS g WHERE g.id = w.id AND g.last = w.last AND g.part = w.part);
SELECT id, last, part, count(*) || ' results' FROM got GROUP BY 1, 2, 3 HAVING count(*) > 1;
SELECT w.id, w.last, w.part, 'numerator ' || g.n || ', not ' || w.n FROM want AS w
JOIN got AS g USING (id, last, part)
WHERE w.n IS NOT NULL AND w.n * CASE WHEN w.d IS NULL THEN g.d ELSE 1 END <> g.n;
SELECT w.id, w.last, w.part, 'denominator ' || g.d || ', not ' || w.d FROM want AS w
JOIN got AS g USING (id, last, part) WHERE w.d IS NOT NULL AND w.d + 0 <> g.d;
SELECT t.id, t.last, t.part,
       t.which || ' ' || n || '/' || d || ' does not print as ' || t.printed
FROM (SELECT x.id, x.last, x.part, x.which, x.printed, x.whole, g.scale,
             CASE x.places WHEN 0 THEN 1 WHEN 1 THEN 10 WHEN 2 THEN 100 END AS power,
             CASE x.which WHEN 'share' THEN g.sn ELSE g.n END AS n,
             CASE x.which WHEN 'share' THEN g.sd ELSE g.d END AS d
      FROM digits AS x JOIN got AS g USING (id, last, part)) AS t
WHERE n IS NULL OR (2 * n * scale * power + d) / (2 * d) <> whole;
SELECT w.id, w.last, w.part, 'there should be no figure yet' FROM want AS w
JOIN got AS g USING (id, last, part) WHERE w.printed = 'not yet available' AND g.n IS NOT NULL;
SELECT w.id, w.last, w.part, 'the chart has no figure' FROM want AS w
JOIN got AS g USING (id, last, part) WHERE w.printed = '(chart)' AND coalesce(g.n, 0) <= 0;
