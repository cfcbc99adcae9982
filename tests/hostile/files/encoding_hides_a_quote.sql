-- Harm: a letter swallows the backslash behind it.
-- Rule: guarded_settings

set client_encoding = 'SJIS';
select E'é\'; truncate shop.orders; --';
