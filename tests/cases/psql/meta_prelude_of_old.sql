\unset ECHO
\set QUIET 1
\pset format unaligned
\pset tuples_only true
\pset pager off
\set ON_ERROR_ROLLBACK 1
\set ON_ERROR_STOP true
\set VERBOSITY verbose
BEGIN;
SELECT plan(1);
SELECT pass('the head of many a pgTAP file');
SELECT * FROM finish();
ROLLBACK;
