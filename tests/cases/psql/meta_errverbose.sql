\set ON_ERROR_STOP off
SELECT plan(1);
SELECT 1 / 0;
\errverbose
SELECT pass('a');
