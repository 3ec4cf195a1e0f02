-- The return's tables as imported, every value a text, given ISO dates; and the years asked for.
-- Each query of this folder is written from the words of its indicator (title and method) and prints
--   indicator | year | group | numerator | denominator | value
-- with an empty group for the whole; groups are Label=code. A count has its number as numerator and
-- as value. A field that the words do not give is empty and is not compared.

CREATE TABLE asked(year INTEGER, first TEXT, last TEXT);
INSERT INTO asked VALUES (2016, '2015-04-01', '2016-03-31'),
                         (2017, '2016-04-01', '2017-03-31'),
                         (2018, '2017-04-01', '2018-03-31');

CREATE VIEW kids AS
  SELECT CHILD AS child, SEX AS sex,
         substr(DOB, 7, 4) || '-' || substr(DOB, 4, 2) || '-' || substr(DOB, 1, 2) AS born
  FROM header;

CREATE VIEW eps AS
  SELECT rowid AS id, CHILD AS child, RNE AS rne, LS AS ls, CIN AS need, PLACE AS place,
         PLACE_PROVIDER AS provider, REC AS rec,
         substr(DECOM, 7, 4) || '-' || substr(DECOM, 4, 2) || '-' || substr(DECOM, 1, 2) AS began,
         CASE WHEN DEC <> '' THEN
           substr(DEC, 7, 4) || '-' || substr(DEC, 4, 2) || '-' || substr(DEC, 1, 2) END AS ceased
  FROM episodes;

-- Open at the end of 31 March, short-term breaks left out.
CREATE VIEW in_care AS
  SELECT asked.year, asked.first, asked.last, eps.* FROM asked JOIN eps
  WHERE began <= last AND (ceased IS NULL OR ceased > last) AND ls <> 'V3' AND ls <> 'V4';

-- Ended care in the year, short-term breaks left out.
CREATE VIEW left_care AS
  SELECT asked.year, asked.first, asked.last, eps.* FROM asked JOIN eps
  WHERE ceased BETWEEN first AND last AND rec LIKE 'E%' AND ls NOT IN ('V3', 'V4');

-- Began care in the year, short-term breaks left out.
CREATE VIEW entered_care AS
  SELECT asked.year, asked.first, asked.last, eps.* FROM asked JOIN eps
  WHERE began BETWEEN first AND last AND rne = 'S' AND ls NOT IN ('V3', 'V4');

CREATE VIEW earliest AS SELECT child, min(began) AS began FROM eps GROUP BY child;

CREATE VIEW revs AS
  SELECT CHILD AS child, REVIEW_CODE AS code,
         substr(REVIEW, 7, 4) || '-' || substr(REVIEW, 4, 2) || '-' || substr(REVIEW, 1, 2) AS held
  FROM reviews;

CREATE VIEW absences AS
  SELECT CHILD AS child, MISSING AS kind,
         substr(MIS_START, 7, 4) || '-' || substr(MIS_START, 4, 2) || '-' || substr(MIS_START, 1, 2)
           AS began,
         CASE WHEN MIS_END <> '' THEN
           substr(MIS_END, 7, 4) || '-' || substr(MIS_END, 4, 2) || '-' || substr(MIS_END, 1, 2)
         END AS ceased
  FROM missing;

-- A first episode in an adoptive placement, begun in the year, and the child's first day of care.
CREATE VIEW adoptive AS
  SELECT asked.year, f.child, f.began, earliest.began AS entered
  FROM (SELECT child, min(began) AS began FROM eps WHERE place IN ('A3', 'A4', 'A5', 'A6')
        GROUP BY child) AS f
  JOIN earliest USING (child) JOIN asked ON f.began BETWEEN asked.first AND asked.last;

-- Bank holidays of England and Wales, 2015 to 2018.
CREATE TABLE bank(day TEXT);
INSERT INTO bank VALUES
  ('2015-01-01'), ('2015-04-03'), ('2015-04-06'), ('2015-05-04'), ('2015-05-25'), ('2015-08-31'),
  ('2015-12-25'), ('2015-12-28'), ('2016-01-01'), ('2016-03-25'), ('2016-03-28'), ('2016-05-02'),
  ('2016-05-30'), ('2016-08-29'), ('2016-12-26'), ('2016-12-27'), ('2017-01-02'), ('2017-04-14'),
  ('2017-04-17'), ('2017-05-01'), ('2017-05-29'), ('2017-08-28'), ('2017-12-25'), ('2017-12-26'),
  ('2018-01-01'), ('2018-03-30'), ('2018-04-02'), ('2018-05-07'), ('2018-05-28'), ('2018-08-27'),
  ('2018-12-25'), ('2018-12-26');
CREATE TABLE working_day AS
  WITH RECURSIVE d(day) AS (SELECT '2015-01-01' UNION ALL
                            SELECT date(day, '+1 day') FROM d WHERE day < '2018-12-31')
  SELECT day FROM d WHERE strftime('%w', day) NOT IN ('0', '6') AND day NOT IN (SELECT day FROM bank);

CREATE TABLE kind(place TEXT, label TEXT);
INSERT INTO kind VALUES
  ('U1', 'FOSTER'), ('U2', 'FOSTER'), ('U3', 'FOSTER'), ('U4', 'FOSTER'), ('U5', 'FOSTER'),
  ('U6', 'FOSTER'), ('A3', 'ADOPTION'), ('A4', 'ADOPTION'), ('A5', 'ADOPTION'), ('A6', 'ADOPTION'),
  ('P1', 'PARENTS'), ('P2', 'COMMUNITY'), ('P3', 'COMMUNITY'), ('H5', 'HOME'), ('K1', 'HOME'),
  ('K2', 'HOME'), ('R1', 'RESIDENTIAL'), ('R2', 'RESIDENTIAL'), ('R3', 'RESIDENTIAL'),
  ('R5', 'RESIDENTIAL'), ('S1', 'SCHOOL'), ('T0', 'TEMPORARY'), ('T1', 'TEMPORARY'),
  ('T2', 'TEMPORARY'), ('T3', 'TEMPORARY'), ('T4', 'TEMPORARY'), ('Z1', 'OTHER');
