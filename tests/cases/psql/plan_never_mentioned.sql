BEGIN;
SELECT pass('without a plan');
ROLLBACK;
