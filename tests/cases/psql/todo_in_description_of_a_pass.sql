BEGIN;
SELECT plan(1);
SELECT pass('total is right # TODO remove the ticket');
SELECT * FROM finish();
ROLLBACK;
