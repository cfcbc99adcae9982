-- How texts are sorted and searched: collations, and the dictionaries and configurations of text search.
select
    'collation' as kind,
    pg_catalog.format('%I.%I', space.nspname, rules.collname) as name,
    pg_catalog.concat_ws(
        E'\n',
        'owner: ' || pg_catalog.pg_get_userbyid(rules.collowner),
        -- The names of the columns differ by version; all of them count, but for the oid and where it is. A copy of
        -- a built-in collation is for every encoding, and one that was restored for that of its database: it is the
        -- same there.
        'definition: ' || pg_catalog.jsonb_strip_nulls(
            pg_catalog.to_jsonb(rules)
            - array['oid', 'collname', 'collnamespace', 'collowner', 'collversion', 'collencoding', 'colliculocale']
            || pg_catalog.jsonb_build_object(
                'colllocale',
                coalesce(pg_catalog.to_jsonb(rules) ->> 'colllocale', pg_catalog.to_jsonb(rules) ->> 'colliculocale')
            )
        )::text,
        'comment: ' || pg_catalog.obj_description(rules.oid, 'pg_collation')
    ) as text
from pg_catalog.pg_collation as rules
join pg_catalog.pg_namespace as space
    on space.oid = rules.collnamespace
where space.nspname <> all (:'ignored'::text[])
    and space.nspname !~ '^pg_'
    and space.nspname <> 'information_schema'
union all
select
    'text search dictionary' as kind,
    pg_catalog.format('%I.%I', space.nspname, dictionary.dictname) as name,
    pg_catalog.format(
        E'owner: %s\ntemplate: %s\noptions: %s',
        pg_catalog.pg_get_userbyid(dictionary.dictowner),
        (select template.tmplname from pg_catalog.pg_ts_template as template where template.oid = dictionary.dicttemplate),
        dictionary.dictinitoption
    ) as text
from pg_catalog.pg_ts_dict as dictionary
join pg_catalog.pg_namespace as space
    on space.oid = dictionary.dictnamespace
where space.nspname <> all (:'ignored'::text[])
    and space.nspname !~ '^pg_'
    and space.nspname <> 'information_schema'
    and not exists (
        select
        from pg_catalog.pg_depend as part
        where part.classid = 'pg_catalog.pg_ts_dict'::pg_catalog.regclass
            and part.objid = dictionary.oid
            and part.deptype = 'e'
    )
union all
select
    'text search configuration' as kind,
    pg_catalog.format('%I.%I', space.nspname, configuration.cfgname) as name,
    pg_catalog.format(
        E'owner: %s\nmappings: %s',
        pg_catalog.pg_get_userbyid(configuration.cfgowner),
        (
            select pg_catalog.string_agg(
                pg_catalog.format('%s %s', mapping.maptokentype, mapping.mapdict::pg_catalog.regdictionary),
                ', '
                order by mapping.maptokentype, mapping.mapseqno
            )
            from pg_catalog.pg_ts_config_map as mapping
            where mapping.mapcfg = configuration.oid
        )
    ) as text
from pg_catalog.pg_ts_config as configuration
join pg_catalog.pg_namespace as space
    on space.oid = configuration.cfgnamespace
where space.nspname <> all (:'ignored'::text[])
    and space.nspname !~ '^pg_'
    and space.nspname <> 'information_schema'
    and not exists (
        select
        from pg_catalog.pg_depend as part
        where part.classid = 'pg_catalog.pg_ts_config'::pg_catalog.regclass
            and part.objid = configuration.oid
            and part.deptype = 'e'
    )
