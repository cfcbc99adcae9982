-- until: 14
-- What is published to subscribers: whole tables only.
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
                select pg_catalog.format('%I.%I', space.nspname, relation.relname) as line
                from pg_catalog.pg_publication_rel as published
                join pg_catalog.pg_class as relation
                    on relation.oid = published.prrelid
                join pg_catalog.pg_namespace as space
                    on space.oid = relation.relnamespace
                where published.prpubid = publication.oid
                    and space.nspname <> all (:'ignored'::text[])
            ) as listed
        ),
        'comment: ' || pg_catalog.obj_description(publication.oid, 'pg_publication')
    ) as text
from pg_catalog.pg_publication as publication
