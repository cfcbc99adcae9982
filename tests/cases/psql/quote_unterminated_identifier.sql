BEGIN;
SELECT plan(2);
SELECT pass('before');
SELECT 1 AS "open;
SELECT pass('after');
