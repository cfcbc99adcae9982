BEGIN;
SELECT plan(1);
CREATE TABLE größe (übung integer);
\set größe 5
SELECT is(:größe, 5, 'a variable with such a name');
ROLLBACK;
