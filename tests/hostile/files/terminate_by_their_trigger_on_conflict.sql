-- Harm: ends sessions, by a trigger after an UPDATE that an INSERT turns into.
-- Rule: outside_effects

insert into shop.after_rows values (1) on conflict do nothing;
insert into shop.after_rows as a values (1) on conflict (id) do update set note = 'x';
