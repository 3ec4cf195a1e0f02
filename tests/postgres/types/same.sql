-- The same rows as an SQLite file has them: all as texts.
CREATE TABLE "Ca'se; DROP TABLE x" (id, small, big, price, fine, opened, note, name, padded, flag, at, uid,
    "wei\rd'; --", shade, written);
INSERT INTO "Ca'se; DROP TABLE x" VALUES
    ('1', '2', '3', '1.50', '12.3', '31/01/2017', 'hello', 'x', 'ab', 'J', '2017-02-03 00:00:00',
     'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', 'q', 'red', '£1,234.50'),
    ('2', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
    ('3', '-2', '-9223372036854775807', '-0.01', '0.000001', '01/01/0001', 'c', 'y', '  b', 'N',
     '9999-12-31', 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a12', 'r', 'green', '..'),
    ('4', '32767', '9223372036854775807', '92233720368.00', '100000', '31/12/9999', 'two
lines', '', '', 'J', '0001-01-01', NULL, '', 'red', '0.07');
