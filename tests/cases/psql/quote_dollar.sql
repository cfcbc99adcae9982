BEGIN;
SELECT plan(4);
SELECT is($$a;b'c"d--e/*f$$, E'a;b\'c"d--e/*f'::text, 'plain');
SELECT is($x$ $$;$$ $y$;$y$ $x$, ' $$;$$ $y$;$y$ '::text, 'tagged');
SELECT is($Übung$;$Übung$, ';'::text, 'a tag beyond ASCII');
PREPARE p(integer) AS SELECT $1;
SELECT results_eq('EXECUTE p(1)', ARRAY[1], 'a parameter opens no quote');
SELECT * FROM finish();
ROLLBACK;
