BEGIN;
SELECT plan(2);
SELECT fail('TODO is only a word here');
SELECT fail('ticket #4711 TODO');
SELECT * FROM finish();
ROLLBACK;
