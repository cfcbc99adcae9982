BEGIN;
SELECT plan(1);
CREATE TABLE note (title text, body text);
COPY note FROM stdin WITH (FORMAT csv, HEADER);
title,body
"two
lines",2
\.
SELECT is(title, E'two\nlines'::text, 'a line break within quotes') FROM note;
ROLLBACK;
