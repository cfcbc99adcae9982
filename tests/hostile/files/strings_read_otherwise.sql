-- Harm: what is a string to the reader is a statement to the server.
-- Rule: guarded_settings

set standard_conforming_strings = off;
select 'a\'; truncate shop.orders; --';
