BEGIN;
SELECT plan(2);
SELECT pass('a');
SELECT fail('the last statement has no semicolon')
