\set ON_ERROR_STOP perhaps
BEGIN;
SELECT plan(1);
SELECT pass('an invalid value is refused; the old one stays');
SELECT * FROM finish();
ROLLBACK;
SELECT 1 / 0;
