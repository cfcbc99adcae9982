-- Tables with their columns; what holds between columns and tables comes apart from them.
select
    format(
        E'create table %s (\n    %s\n);',
        class.oid::regclass,
        string_agg(
            concat_ws(
                ' ',
                quote_ident(attname),
                format_type(atttypid, atttypmod),
                case when attgenerated = 's' then 'generated always as (' end
                    || pg_get_expr(adbin, adrelid) || ') stored',
                case when attgenerated = '' then 'default ' || pg_get_expr(adbin, adrelid) end,
                case when attnotnull then 'not null' end
            ),
            E',\n    '
            order by attnum
        )
    )
from pg_class as class
join pg_attribute on attrelid = class.oid and attnum > 0 and not attisdropped
left join pg_attrdef on adrelid = attrelid and adnum = attnum
where relkind = 'r' and relnamespace::regnamespace::text = any(:'schemas'::text[])
group by class.oid
order by relnamespace::regnamespace::text collate "C" desc,
    class.oid::regclass::text collate "C"
