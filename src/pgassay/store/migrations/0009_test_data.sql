-- Rows that tests commit: who registered them, by which key they are found, and how they are taken away again.

alter table prod_test_schema.prod_test_data_registry alter column entity_id drop not null;
alter table prod_test_schema.prod_test_data_registry
    add column entity_key text,
    add column key_column name,
    add column run_id uuid,
    add column registered_by name not null default current_user,
    add column backend_pid integer,
    add column backend_start timestamptz,
    add check (num_nonnulls(entity_id, entity_key) = 1),
    add check (cleanup_method in ('CASCADE', 'DELETE', 'KEEP', 'NONE'));

comment on column prod_test_schema.prod_test_data_registry.entity_id is 'The key of the row, where it is a uuid';
comment on column prod_test_schema.prod_test_data_registry.entity_key is 'The key of the row as text, of any other type';
comment on column prod_test_schema.prod_test_data_registry.key_column is
    'The column that the key is in; null: the primary key';
comment on column prod_test_schema.prod_test_data_registry.cleanup_method is
    'CASCADE: removed behind the registered rows that refer to it; DELETE: the same, but never out of a circle; '
    'KEEP: left for good; NONE: only noted';
comment on column prod_test_schema.prod_test_data_registry.run_id is
    'The run whose test registered it; null outside of a run';
comment on column prod_test_schema.prod_test_data_registry.registered_by is 'Who has to be allowed to delete it';
comment on column prod_test_schema.prod_test_data_registry.backend_start is
    'With backend_pid: the session that registered it';

create function prod_test_schema.register_test_entity(
    test_name text,
    entity_type text,
    entity_id text,
    cleanup_method text default 'CASCADE',
    key_column name default null
) returns uuid
language plpgsql
as $$
declare
    -- The only name that is looked for along the caller's search path.
    home pg_catalog.oid := pg_catalog.to_regclass(register_test_entity.entity_type);
    place text;
    keys name[];
    key_type text;
    key text;
    run uuid := nullif(pg_catalog.current_setting('pgassay.run', true), '')::uuid;
    made uuid;
begin
    select pg_catalog.format('%I.%I', space.nspname, relation.relname)
    into place
    from pg_catalog.pg_class as relation
    join pg_catalog.pg_namespace as space on space.oid = relation.relnamespace
    where relation.oid = home
        and relation.relkind in ('r', 'p')
        and relation.relpersistence <> 't'
        and space.nspname not in ('information_schema', 'prod_test_schema', 'performance_monitoring')
        and space.nspname not like 'pg\_%';
    if place is null then
        raise undefined_table using
            message = pg_catalog.format('%L is no table of the application', register_test_entity.entity_type),
            hint = 'Write SCHEMA.TABLE, or the name of a table on the search path.';
    end if;

    select pg_catalog.array_agg(distinct attribute.attname)
    into keys
    from pg_catalog.pg_index as index
    join pg_catalog.pg_attribute as attribute
        on attribute.attrelid = index.indrelid
        and attribute.attnum = index.indkey[0]
    where index.indrelid = home
        and index.indisunique
        and index.indisvalid
        and index.indnkeyatts = 1
        and index.indpred is null
        and case
            when register_test_entity.key_column is null then index.indisprimary
            else attribute.attname = register_test_entity.key_column
        end;
    if keys is null then
        raise invalid_parameter_value using
            message = pg_catalog.format('%s has no unique key of one column to find a row by', place),
            hint = 'Name such a column with key_column.';
    end if;

    select pg_catalog.format_type(attribute.atttypid, null)
    into key_type
    from pg_catalog.pg_attribute as attribute
    where attribute.attrelid = home
        and attribute.attname = keys[1];
    execute pg_catalog.format('select $1::%s::text', key_type) into key using register_test_entity.entity_id;
    if key is null then
        raise null_value_not_allowed using message = 'A row cannot be registered without its key';
    end if;

    insert into prod_test_schema.prod_test_data_registry (
        test_execution_id,
        test_name,
        entity_type,
        entity_id,
        entity_key,
        key_column,
        cleanup_method,
        run_id,
        backend_pid,
        backend_start
    )
    values (
        (
            select log.id
            from prod_test_schema.prod_test_execution_log as log
            where log.run_id = run
                and log.status = 'running'
            order by log.start_time, log.id
            limit 1
        ),
        register_test_entity.test_name,
        place,
        case when key_type = 'uuid' then key::uuid end,
        case when key_type <> 'uuid' then key end,
        keys[1],
        upper(register_test_entity.cleanup_method),
        run,
        pg_catalog.pg_backend_pid(),
        (
            select session.backend_start
            from pg_catalog.pg_stat_activity as session
            where session.pid = pg_catalog.pg_backend_pid()
        )
    )
    returning id into made;
    return made;
end
$$;

comment on function prod_test_schema.register_test_entity(text, text, text, text, name) is
    'Notes that a test commits a row, so that it is removed again';

create function prod_test_schema.register_test_entity(
    test_name text,
    entity_type text,
    entity_id uuid,
    cleanup_method text default 'CASCADE',
    key_column name default null
) returns uuid
language plpgsql
as $$
begin
    return prod_test_schema.register_test_entity($1, $2, $3::text, $4, $5);
end
$$;

comment on function prod_test_schema.register_test_entity(text, text, uuid, text, name) is
    'The same, for a key that is a uuid';

create function prod_test_schema.register_test_entity(
    test_name text,
    entity_type text,
    entity_id bigint,
    cleanup_method text default 'CASCADE',
    key_column name default null
) returns uuid
language plpgsql
as $$
begin
    return prod_test_schema.register_test_entity($1, $2, $3::text, $4, $5);
end
$$;

comment on function prod_test_schema.register_test_entity(text, text, bigint, text, name) is
    'The same, for a key that is a number';
