-- Harm: nobody can read the table.
-- Rule: strong_locks

select lives_ok($sql$
    /* only a column */ alter table only shop.customers add column x int default 1;
$sql$);
