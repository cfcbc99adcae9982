BEGIN;
SELECT plan(2);
DO $$
BEGIN
    RAISE NOTICE 'ok 1 - no test: a notice';
    RAISE WARNING 'not ok 2 - no test: a warning';
    RAISE INFO 'Bail out! no: only information';
    RAISE LOG 'to the log';
END
$$;
SELECT pass('a');
DROP TABLE IF EXISTS not_there;
SELECT pass('b');
SELECT * FROM finish();
ROLLBACK;
