\set ON_ERROR_STOP off
SELECT plan(1);
SELECT a;
SELEC b;
SELECT * FROM c;
SELECT pass('the only one');
SELECT * FROM finish();
