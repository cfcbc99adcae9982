BEGIN;
SELECT plan(2);
CREATE TABLE stays_behind (id integer);
SELECT pass('before');
COMMIT;
BEGIN;
SELECT has_table('stays_behind'::name, 'after the commit');
SELECT * FROM finish();
ROLLBACK;
