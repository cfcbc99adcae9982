BEGIN;
SELECT plan(3);
SELECT CASE WHEN pg_version_num() < 900000 THEN pass('an old server') ELSE skip('only for old servers') END;
SELECT pass('always');
SELECT collect_tap(skip('a pair', 1));
SELECT * FROM finish();
ROLLBACK;
