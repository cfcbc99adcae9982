-- A mark.
insert into public.pgassay_marks (mark) values (:'mark')
