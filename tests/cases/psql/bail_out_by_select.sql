BEGIN;
SELECT plan(2);
SELECT pass('before');
SELECT 'Bail out! the seed is missing';
ROLLBACK;
