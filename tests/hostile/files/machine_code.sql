-- Harm: runs a function of the C library.
-- Rule: languages

create function pg_temp.system(cstring) returns int language c as 'libc.so.6', 'system';
