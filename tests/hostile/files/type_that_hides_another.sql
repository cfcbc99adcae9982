-- Harm: a type named as one of the server has other values.
-- Rule: unreadable

create domain pg_temp.regclass as text;
