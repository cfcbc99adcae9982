-- Who is who: tenants, the people in them, and what each may do. Every policy of the later
-- migrations asks private.tenants_as(), so it is defined here, beside the table that it reads.

create table crm.tenants (
    id uuid primary key default gen_random_uuid(),
    name text not null,
    slug crm.slug not null,
    plan crm.tenant_plan not null default 'free',
    seat_limit integer not null default 5,
    public_catalog boolean not null default false,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint tenants_slug_key unique (slug),
    constraint tenants_name_length check (length(name) between 1 and 120),
    constraint tenants_seat_limit_range check (seat_limit between 1 and 10000)
);

create table crm.memberships (
    tenant_id uuid not null,
    user_id uuid not null,
    role crm.member_role not null default 'rep',
    joined_at timestamptz not null default now(),
    primary key (tenant_id, user_id),
    constraint memberships_tenant_fk foreign key (tenant_id) references crm.tenants (id) on delete cascade,
    constraint memberships_user_fk foreign key (user_id) references auth.users (id) on delete cascade
);

create index memberships_user_idx on crm.memberships (user_id);

create trigger tenants_touch before update on crm.tenants
    for each row execute function private.touch_updated_at();

-- Definer, because a policy on memberships that read memberships would call itself.
create function private.tenants_as(minimum crm.member_role) returns setof uuid
    language sql stable security definer
    set search_path = ''
as $$
    select tenant_id
    from crm.memberships
    where user_id = (select auth.uid())
        and role >= minimum
$$;

create function private.guard_seats() returns trigger
    language plpgsql security definer
    set search_path = ''
as $$
declare
    seats integer;
begin
    -- The lock makes two invitations at the same moment count one after the other.
    select seat_limit into seats from crm.tenants where id = new.tenant_id for no key update;
    if (select count(*) from crm.memberships where tenant_id = new.tenant_id) >= seats then
        raise exception 'all % seats of this tenant are taken', seats using errcode = 'CRM01';
    end if;
    return new;
end
$$;

create function private.guard_last_admin() returns trigger
    language plpgsql security definer
    set search_path = ''
as $$
begin
    if old.role = 'admin'
        and (tg_op = 'DELETE' or new.role <> 'admin')
        -- A tenant that is itself being deleted takes its last admin along.
        and exists (select from crm.tenants where id = old.tenant_id)
        and not exists (
            select
            from crm.memberships
            where tenant_id = old.tenant_id
                and user_id <> old.user_id
                and role = 'admin'
        )
    then
        raise exception 'a tenant keeps at least one admin' using errcode = 'CRM02';
    end if;
    if tg_op = 'DELETE' then
        return old;
    end if;
    return new;
end
$$;

create trigger memberships_guard_seats before insert on crm.memberships
    for each row execute function private.guard_seats();
create trigger memberships_guard_last_admin before update or delete on crm.memberships
    for each row execute function private.guard_last_admin();

revoke execute on function private.tenants_as(crm.member_role) from public;
revoke execute on function private.guard_seats() from public;
revoke execute on function private.guard_last_admin() from public;
grant execute on function private.tenants_as(crm.member_role) to authenticated, service_role;

alter table crm.tenants enable row level security;
alter table crm.memberships enable row level security;

grant select, insert, update, delete on crm.tenants, crm.memberships to service_role;
grant select on crm.tenants to authenticated;
grant update (name, public_catalog) on crm.tenants to authenticated;
grant select, insert, update, delete on crm.memberships to authenticated;

create policy tenants_select_member on crm.tenants for select to authenticated
    using (id = any (array(select private.tenants_as('viewer'))));
create policy tenants_update_admin on crm.tenants for update to authenticated
    using (id = any (array(select private.tenants_as('admin'))));

create policy memberships_select_self on crm.memberships for select to authenticated
    using (user_id = (select auth.uid()));
create policy memberships_select_colleague on crm.memberships for select to authenticated
    using (tenant_id = any (array(select private.tenants_as('rep'))));
create policy memberships_insert_admin on crm.memberships for insert to authenticated
    with check (tenant_id = any (array(select private.tenants_as('admin'))));
create policy memberships_update_admin on crm.memberships for update to authenticated
    using (tenant_id = any (array(select private.tenants_as('admin'))));
create policy memberships_delete_admin on crm.memberships for delete to authenticated
    using (tenant_id = any (array(select private.tenants_as('admin'))));
create policy memberships_delete_self on crm.memberships for delete to authenticated
    using (user_id = (select auth.uid()));
