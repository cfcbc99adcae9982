BEGIN;
SELECT plan(12);
CREATE TABLE plant (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name text NOT NULL DEFAULT 'weed',
    height numeric(6, 2) CHECK (height > 0)
);
CREATE INDEX plant_name ON plant (name);
SELECT has_table('plant'::name);
SELECT has_column('plant'::name, 'name'::name);
SELECT col_type_is('plant'::name, 'height'::name, 'numeric(6,2)');
SELECT col_not_null('plant', 'name');
SELECT col_default_is('plant', 'name', 'weed', 'default');
SELECT col_is_pk('plant', 'id');
SELECT has_index('plant', 'plant_name', 'name'::name);
SELECT col_has_check('plant'::name, 'height'::name);
SELECT throws_ok('INSERT INTO plant (height) VALUES (0)', '23514', NULL, 'check');
SELECT lives_ok('INSERT INTO plant (height) VALUES (0.01)', 'check, other side');
SELECT set_eq('SELECT name FROM plant', ARRAY['weed'], 'set');
SELECT bag_eq('SELECT 1 UNION ALL SELECT 1', ARRAY[1, 1], 'bag');
SELECT * FROM finish();
ROLLBACK;
