-- Rules on tables and views.
select
    part.oid as number,
    array[pg_catalog.regexp_replace(pg_catalog.pg_get_ruledef(part.oid), '^CREATE RULE', 'CREATE OR REPLACE RULE')]
    || case
        when part.ev_enabled <> 'O'
            then array[
                pg_catalog.format(
                    'alter table %s %s rule %I',
                    part.ev_class::pg_catalog.regclass,
                    case part.ev_enabled when 'D' then 'disable' when 'R' then 'enable replica' else 'enable always' end,
                    part.rulename
                )
            ]
        else '{}'
    end as statements,
    pg_catalog.pg_has_role(relation.relowner, 'usage') as may,
    null::text[] as unvalidated,
    '{}'::text[] as first,
    '{}'::text[] as locking
from pg_catalog.pg_rewrite as part
join pg_catalog.pg_class as relation
    on relation.oid = part.ev_class
where part.oid = any (:'objects'::oid[])
    and part.rulename <> '_RETURN'
