BEGIN;
SELECT plan(1);
CREATE TABLE heard (what text);
CREATE TABLE said (what text);
CREATE RULE hear AS ON INSERT TO said DO ALSO (
    INSERT INTO heard VALUES (NEW.what);
    INSERT INTO heard VALUES (upper(NEW.what))
);
INSERT INTO said VALUES ('yes');
SELECT results_eq('SELECT what FROM heard ORDER BY 1', ARRAY['YES', 'yes'], 'a semicolon within parentheses');
SELECT * FROM finish();
ROLLBACK;
