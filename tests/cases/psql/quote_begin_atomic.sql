BEGIN;
SELECT plan(2);
CREATE FUNCTION twice(n integer) RETURNS integer LANGUAGE sql
BEGIN ATOMIC
    SELECT n;
    SELECT CASE WHEN n > 0 THEN n * 2 ELSE 0 END;
END;
SELECT is(twice(4), 8, 'body with semicolons');
CREATE OR REPLACE FUNCTION twice(n integer) RETURNS integer LANGUAGE sql BEGIN ATOMIC SELECT n + n; END;
SELECT is(twice(5), 10, 'on one line');
SELECT * FROM finish();
ROLLBACK;
