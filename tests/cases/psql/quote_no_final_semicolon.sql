BEGIN;
SELECT plan(2);
SELECT pass('a');
SELECT pass('the last statement has no semicolon')
