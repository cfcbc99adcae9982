BEGIN;
SELECT plan(1);
SELECT schemas_are(ARRAY['public'], 'the tool that runs the tests adds no schema of its own');
SELECT * FROM finish();
ROLLBACK;
