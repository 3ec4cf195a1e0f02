-- Every type that is read, in one table that no import made.
CREATE DOMAIN code AS varchar(5);
CREATE DOMAIN short_code AS code;
CREATE TYPE colour AS ENUM ('red', 'green');
CREATE TABLE "Ca'se; DROP TABLE x" (
    id integer, small smallint, big bigint, price numeric, fine numeric(12, 6), opened date,
    note text, name varchar(10), padded char(6), flag boolean, at timestamp, uid uuid,
    "wei\rd'; --" short_code, shade colour, written text);
INSERT INTO "Ca'se; DROP TABLE x" VALUES
    (1, 2, 3, 1.50, 12.300000, '2017-01-31', 'hello', 'x', 'ab', true, '2017-02-03',
     'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', 'q', 'red', '£1,234.50'),
    (2, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
    (3, -2, -9223372036854775807, -0.01, 0.000001, '0001-01-01', 'c', 'y', '  b', false,
     '9999-12-31', 'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A12', 'r', 'green', '..'),
    (4, 32767, 9223372036854775807, 92233720368.00, 100000, '9999-12-31', E'two\nlines', '', '', true,
     '0001-01-01', NULL, '', 'red', '0.07');
