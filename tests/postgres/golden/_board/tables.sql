CREATE TABLE cases (case_id integer, opened date, closed date, disabled boolean, seen date, cost numeric);
INSERT INTO cases VALUES (1, '2016-11-02', NULL, false, '2016-11-05', 12.50),
    (2, '2016-12-24', '2017-01-20', true, NULL, 1000), (3, '2017-01-09', NULL, false, '2017-01-09', 0.01);
CREATE TABLE population (published date, children integer);
INSERT INTO population VALUES ('2015-06-30', 109000);
