\set ON_ERROR_STOP off
SELECT plan(2);
SELECT pass('before');
COPY no_such_table FROM stdin;
SELECT pass('no data block, since COPY never began');
SELECT * FROM finish();
