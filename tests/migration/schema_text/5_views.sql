-- Views, whoever they are read by.
select
    format(
        E'create view %s%s as\n%s',
        class.oid::regclass,
        ' with (' || array_to_string(class.reloptions, ', ') || ')',
        pg_get_viewdef(class.oid, true)
    )
from pg_class as class
where relkind = 'v' and relnamespace::regnamespace::text = any(:'schemas'::text[])
order by class.oid::regclass::text collate "C"
