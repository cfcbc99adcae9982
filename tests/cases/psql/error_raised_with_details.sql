BEGIN;
SELECT plan(2);
SELECT pass('before');
DO $body$
BEGIN
    RAISE EXCEPTION 'the stock is % short', 3
        USING ERRCODE = 'check_violation', DETAIL = 'ordered 5, had 2', HINT = 'order less';
END
$body$;
SELECT pass('not reached');
SELECT * FROM finish();
ROLLBACK;
