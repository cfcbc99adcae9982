BEGIN;
SELECT plan(2);
SELECT pass('before');
SAVEPOINT a;
SELECT fail('forgotten by finish(), but printed');
ROLLBACK TO SAVEPOINT a;
SELECT pass('takes the same number again');
SELECT * FROM finish();
ROLLBACK;
