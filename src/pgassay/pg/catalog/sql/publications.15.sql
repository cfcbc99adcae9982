-- since: 15
-- What is published to subscribers: tables, perhaps some columns and rows of them, and whole schemas.
select
    'publication' as kind,
    pg_catalog.quote_ident(publication.pubname) as name,
    pg_catalog.concat_ws(
        E'\n',
        'owner: ' || pg_catalog.pg_get_userbyid(publication.pubowner),
        case when publication.puballtables then 'all tables: yes' end,
        pg_catalog.format(
            'insert: %s, update: %s, delete: %s, truncate: %s',
            publication.pubinsert,
            publication.pubupdate,
            publication.pubdelete,
            publication.pubtruncate
        ),
        case when publication.pubviaroot then 'via root: yes' end,
        'tables: ' || (
            select pg_catalog.string_agg(listed.line, ', ' order by listed.line collate "C")
            from (
                select pg_catalog.concat_ws(
                    ' ',
                    pg_catalog.format('%I.%I', space.nspname, relation.relname),
                    '(' || (
                        select pg_catalog.string_agg(pg_catalog.quote_ident(attribute.attname), ', ' order by attribute.attnum)
                        from pg_catalog.pg_attribute as attribute
                        where attribute.attrelid = published.prrelid
                            and attribute.attnum = any (published.prattrs)
                    ) || ')',
                    'where ' || pg_catalog.pg_get_expr(published.prqual, published.prrelid)
                ) as line
                from pg_catalog.pg_publication_rel as published
                join pg_catalog.pg_class as relation
                    on relation.oid = published.prrelid
                join pg_catalog.pg_namespace as space
                    on space.oid = relation.relnamespace
                where published.prpubid = publication.oid
                    and space.nspname <> all (:'ignored'::text[])
            ) as listed
        ),
        'schemas: ' || (
            select pg_catalog.string_agg(pg_catalog.quote_ident(space.nspname), ', ' order by space.nspname)
            from pg_catalog.pg_publication_namespace as published
            join pg_catalog.pg_namespace as space
                on space.oid = published.pnnspid
            where published.pnpubid = publication.oid
        ),
        'comment: ' || pg_catalog.obj_description(publication.oid, 'pg_publication')
    ) as text
from pg_catalog.pg_publication as publication
