\set ON_ERROR_STOP off
\set x old
SELECT plan(1);
SELECT 1 / 0 AS x \gset
SELECT is(:'x', 'old'::text, 'an error stores nothing');
