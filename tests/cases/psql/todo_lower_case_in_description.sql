BEGIN;
SELECT plan(2);
SELECT fail('the list # todo later');
SELECT fail('the list #todo glued');
SELECT * FROM finish();
ROLLBACK;
