BEGIN;
SELECT plan(2);
SELECT pass('before');
SELEC pass('misspelled');
SELECT * FROM finish();
ROLLBACK;
