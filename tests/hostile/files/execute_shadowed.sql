-- Harm: a function named as one of the server gives another text.
-- Rule: unreadable

create function public.format(text, text) returns text language sql as $$ select chr(99) || 'ommit' $$;
do $$ begin execute format('select %L', 'x'::text); end $$;
