\setenv PARITY_WORD sage
\getenv word PARITY_WORD
BEGIN;
SELECT plan(1);
SELECT is(:'word', 'sage'::text, 'through the environment');
SELECT * FROM finish();
ROLLBACK;
