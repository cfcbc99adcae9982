-- Harm: writes to another server.
-- Rule: outside_effects

insert into shop.remote_orders values (1);
