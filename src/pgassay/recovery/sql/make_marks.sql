-- Where the marks are, on a server that is thrown away.
create table if not exists public.pgassay_marks (mark text primary key)
