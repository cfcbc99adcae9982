\set ON_ERROR_STOP off
SELECT plan(1);
SELECT pass('the plan is met');
\c no_such_database
