-- Harm: brings a way to the outside.
-- Rule: extensions

create extension if not exists dblink;
