BEGIN;
SELECT plan(2);
CREATE TEMPORARY TABLE item (id integer GENERATED ALWAYS AS IDENTITY (START 100), name text);
INSERT INTO item (name) VALUES ('bolt') RETURNING id \gset item_
SELECT is(:item_id, 100, 'the new key');
INSERT INTO item (name) VALUES ('nut') RETURNING id, name \gset
SELECT is(:'name' || :id, 'nut101', 'both');
SELECT * FROM finish();
ROLLBACK;
