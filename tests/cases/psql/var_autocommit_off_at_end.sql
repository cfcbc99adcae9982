\set AUTOCOMMIT off
SELECT plan(1);
SELECT pass('never committed');
SELECT * FROM finish();
