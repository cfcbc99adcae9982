BEGIN;
SELECT plan(2);
CREATE TABLE shift ("begin" integer, "end" integer);
CREATE FUNCTION "begin"() RETURNS integer LANGUAGE sql AS 'SELECT 1';
SELECT is("begin"(), 1, 'called by its name');
SELECT pass('and on');
ROLLBACK;
