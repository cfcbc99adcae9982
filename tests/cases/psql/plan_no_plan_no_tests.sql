BEGIN;
SELECT * FROM no_plan();
SELECT * FROM finish();
ROLLBACK;
