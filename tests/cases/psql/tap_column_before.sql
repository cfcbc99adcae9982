BEGIN;
SELECT plan(1);
SELECT 'note', pass('hidden behind a column');
SELECT * FROM finish();
ROLLBACK;
