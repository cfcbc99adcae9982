BEGIN;
SELECT plan(2);
SELECT pass('a');
COPY (SELECT 'ok 2 - through COPY') TO stdout;
SELECT * FROM finish();
ROLLBACK;
