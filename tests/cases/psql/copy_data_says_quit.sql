BEGIN;
SELECT plan(1);
CREATE TABLE note (body text);
COPY note FROM stdin;
\q
\.
SELECT is(body, 'q'::text, 'a command within data is data') FROM note;
ROLLBACK;
