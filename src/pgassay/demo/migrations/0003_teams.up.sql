-- Teams inside a tenant. A team's member is a member of the team's tenant: both foreign keys of
-- team_members carry the tenant, so no row can join two tenants.

create table crm.teams (
    id uuid primary key default gen_random_uuid(),
    tenant_id uuid not null,
    name text not null,
    created_at timestamptz not null default now(),
    constraint teams_tenant_id_key unique (tenant_id, id),
    constraint teams_name_key unique (tenant_id, name),
    constraint teams_tenant_fk foreign key (tenant_id) references crm.tenants (id) on delete cascade,
    constraint teams_name_length check (length(name) between 1 and 80)
);

create table crm.team_members (
    tenant_id uuid not null,
    team_id uuid not null,
    user_id uuid not null,
    is_lead boolean not null default false,
    primary key (team_id, user_id),
    constraint team_members_team_fk foreign key (tenant_id, team_id)
        references crm.teams (tenant_id, id) on delete cascade,
    constraint team_members_membership_fk foreign key (tenant_id, user_id)
        references crm.memberships (tenant_id, user_id) on delete cascade
);

create index team_members_user_idx on crm.team_members (user_id, team_id);
create unique index team_members_one_lead_idx on crm.team_members (team_id) where is_lead;

create function private.my_teams() returns setof uuid
    language sql stable security definer
    set search_path = ''
as $$
    select team_id
    from crm.team_members
    where user_id = (select auth.uid())
$$;

revoke execute on function private.my_teams() from public;
grant execute on function private.my_teams() to authenticated, service_role;

alter table crm.teams enable row level security;
alter table crm.team_members enable row level security;

grant select, insert, update, delete on crm.teams, crm.team_members to authenticated, service_role;

create policy teams_select_member on crm.teams for select to authenticated
    using (tenant_id = any (array(select private.tenants_as('viewer'))));
create policy teams_write_manager on crm.teams for all to authenticated
    using (tenant_id = any (array(select private.tenants_as('manager'))));

create policy team_members_select_member on crm.team_members for select to authenticated
    using (tenant_id = any (array(select private.tenants_as('viewer'))));
create policy team_members_write_manager on crm.team_members for all to authenticated
    using (tenant_id = any (array(select private.tenants_as('manager'))));
create policy team_members_delete_self on crm.team_members for delete to authenticated
    using (user_id = (select auth.uid()));
