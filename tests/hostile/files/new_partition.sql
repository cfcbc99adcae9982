-- Harm: nobody can read the table that is partitioned.
-- Rule: strong_locks

create table shop.events_then partition of shop.events for values from ('2020-01-01') to ('2021-01-01');
