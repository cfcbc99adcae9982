-- Who changed what. The log outlives what it is about, so it has no foreign key; nobody but the
-- trigger writes it, and only a tenant's admins read it.

create table crm.audit_log (
    id bigint generated always as identity primary key,
    tenant_id uuid not null,
    table_name text not null,
    row_id uuid not null,
    action text not null,
    changes jsonb not null,
    actor_id uuid default auth.uid(),
    happened_at timestamptz not null default now(),
    constraint audit_log_action_known check (action in ('INSERT', 'UPDATE', 'DELETE'))
);

create index audit_log_row_idx on crm.audit_log (tenant_id, row_id, happened_at);
create index audit_log_time_idx on crm.audit_log (tenant_id, happened_at);

-- changes: of an INSERT or a DELETE the row, of an UPDATE the changed columns as {column: [old, new]}.
create function private.audit() returns trigger
    language plpgsql security definer
    set search_path = ''
as $$
declare
    unlogged constant text[] := array['updated_at', 'search'];
    before jsonb := coalesce(to_jsonb(old), '{}') - unlogged;
    after jsonb := coalesce(to_jsonb(new), '{}') - unlogged;
    subject jsonb := before || after;
    changes jsonb := subject;
begin
    if tg_op = 'UPDATE' then
        select coalesce(jsonb_object_agg(key, jsonb_build_array(before -> key, value)), '{}')
        into changes
        from jsonb_each(after)
        where value is distinct from before -> key;
        if changes = '{}' then
            return null;
        end if;
    end if;
    insert into crm.audit_log (tenant_id, table_name, row_id, action, changes)
    values (
        (subject ->> 'tenant_id')::uuid,
        tg_table_name,
        coalesce(subject ->> 'id', subject ->> 'user_id')::uuid,
        tg_op,
        changes
    );
    return null;
end
$$;

create trigger memberships_audit after insert or update or delete on crm.memberships
    for each row execute function private.audit();
create trigger organizations_audit after insert or update or delete on crm.organizations
    for each row execute function private.audit();
create trigger contacts_audit after insert or update or delete on crm.contacts
    for each row execute function private.audit();
create trigger products_audit after insert or update or delete on crm.products
    for each row execute function private.audit();
create trigger opportunities_audit after insert or update or delete on crm.opportunities
    for each row execute function private.audit();

revoke execute on function private.audit() from public;

alter table crm.audit_log enable row level security;

grant select on crm.audit_log to authenticated, service_role;

create policy audit_log_select_admin on crm.audit_log for select to authenticated
    using (tenant_id = any (array(select private.tenants_as('admin'))));
