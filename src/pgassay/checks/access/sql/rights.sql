-- title: What roles are granted on relations, as far as it decides what to try
--
-- ``whole`` are the privileges on the relation as a whole, ``select_columns`` and the rest those on single
-- columns, where there is none on the whole.

select
    c.oid::bigint as oid,
    r.rolname as role,
    pg_catalog.has_schema_privilege(r.oid, c.relnamespace, 'usage')::integer as usage,
    pg_catalog.concat_ws(
        ' ',
        case when whole.may_select then 'select' end,
        case when whole.may_insert then 'insert' end,
        case when whole.may_update then 'update' end,
        case when pg_catalog.has_table_privilege(r.oid, c.oid, 'delete') then 'delete' end,
        case when pg_catalog.has_table_privilege(r.oid, c.oid, 'truncate') then 'truncate' end
    ) as whole,
    coalesce(single.select_columns, '[]') as select_columns,
    coalesce(single.insert_columns, '[]') as insert_columns,
    coalesce(single.update_columns, '[]') as update_columns
from pg_catalog.pg_class as c
cross join pg_catalog.pg_roles as r
cross join lateral (
    select
        pg_catalog.has_table_privilege(r.oid, c.oid, 'select') as may_select,
        pg_catalog.has_table_privilege(r.oid, c.oid, 'insert') as may_insert,
        pg_catalog.has_table_privilege(r.oid, c.oid, 'update') as may_update
) as whole
left join lateral (
    select
        pg_catalog.json_agg(pg_catalog.quote_ident(a.attname) order by a.attnum) filter (
            where pg_catalog.has_column_privilege(r.oid, c.oid, a.attnum, 'select')
        )::text as select_columns,
        pg_catalog.json_agg(pg_catalog.quote_ident(a.attname) order by a.attnum) filter (
            where pg_catalog.has_column_privilege(r.oid, c.oid, a.attnum, 'insert')
        )::text as insert_columns,
        pg_catalog.json_agg(pg_catalog.quote_ident(a.attname) order by a.attnum) filter (
            where pg_catalog.has_column_privilege(r.oid, c.oid, a.attnum, 'update')
        )::text as update_columns
    from pg_catalog.pg_attribute as a
    where a.attrelid = c.oid
        and a.attnum > 0
        and not a.attisdropped
        and a.attacl is not null
) as single on true
where c.oid = any (:'oids'::oid[])
    and r.rolname = any (:'roles'::name[]);
