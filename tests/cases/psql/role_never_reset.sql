BEGIN;
CREATE ROLE parity_clerk;
SELECT plan(1);
SET LOCAL ROLE parity_clerk;
SELECT pass('pgTAP works for any role');
SELECT * FROM finish();
