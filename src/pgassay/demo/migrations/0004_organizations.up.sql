-- Organizations and their hierarchy. Everyone in the tenant sees the live ones; the tenant wall is
-- a restrictive policy, so that no permissive one added later can open it.

create table crm.organizations (
    id uuid primary key default gen_random_uuid(),
    tenant_id uuid not null,
    parent_id uuid,
    name text not null,
    website crm.web_domain,
    industry text,
    employee_count integer,
    annual_revenue numeric(16, 2),
    owner_id uuid not null default auth.uid(),
    team_id uuid,
    deleted_at timestamptz,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint organizations_tenant_id_key unique (tenant_id, id),
    constraint organizations_tenant_fk foreign key (tenant_id) references crm.tenants (id) on delete cascade,
    constraint organizations_parent_fk foreign key (tenant_id, parent_id)
        references crm.organizations (tenant_id, id),
    constraint organizations_owner_fk foreign key (owner_id) references auth.users (id),
    constraint organizations_team_fk foreign key (tenant_id, team_id)
        references crm.teams (tenant_id, id) on delete set null (team_id),
    constraint organizations_name_length check (length(name) between 1 and 200),
    constraint organizations_not_own_parent check (parent_id <> id),
    constraint organizations_employee_count_positive check (employee_count >= 1),
    constraint organizations_annual_revenue_range check (annual_revenue >= 0)
);

create index organizations_parent_idx on crm.organizations (tenant_id, parent_id);
create index organizations_name_idx on crm.organizations (tenant_id, lower(name) text_pattern_ops);
create index organizations_owner_idx on crm.organizations (owner_id);
create index organizations_team_idx on crm.organizations (tenant_id, team_id);
create unique index organizations_website_idx on crm.organizations (tenant_id, website) where deleted_at is null;

create function private.guard_hierarchy() returns trigger
    language plpgsql security definer
    set search_path = ''
as $$
declare
    ancestor uuid := new.parent_id;
    height integer := 1;
    depth integer := 1;
begin
    while ancestor is not null loop
        if ancestor = new.id then
            raise exception 'an organization cannot stand above itself' using errcode = 'CRM10';
        end if;
        depth := depth + 1;
        select parent_id into ancestor from crm.organizations where id = ancestor;
    end loop;

    with recursive below (id, level) as (
        select new.id, 1
        union all
        select child.id, below.level + 1
        from below
        join crm.organizations as child on child.tenant_id = new.tenant_id and child.parent_id = below.id
    )
    select max(level) into height from below;

    if depth + height - 1 > 8 then
        raise exception 'the hierarchy is at most 8 levels deep' using errcode = 'CRM11';
    end if;
    return new;
end
$$;

create trigger organizations_touch before update on crm.organizations
    for each row execute function private.touch_updated_at();
create trigger organizations_guard_hierarchy before insert or update of parent_id on crm.organizations
    for each row when (new.parent_id is not null) execute function private.guard_hierarchy();

create function crm.organization_tree(root uuid)
    returns table (id uuid, parent_id uuid, name text, depth integer, path text[])
    language sql stable
    set search_path = ''
as $$
    with recursive tree as (
        select o.id, o.tenant_id, o.parent_id, o.name, 0 as depth, array[o.name] as path
        from crm.organizations as o
        where o.id = root
            and o.deleted_at is null
        union all
        select child.id, child.tenant_id, child.parent_id, child.name, tree.depth + 1, tree.path || child.name
        from tree
        join crm.organizations as child on child.tenant_id = tree.tenant_id and child.parent_id = tree.id
        where child.deleted_at is null
    )
    select tree.id, tree.parent_id, tree.name, tree.depth, tree.path
    from tree
    order by tree.path
$$;

revoke execute on function private.guard_hierarchy() from public;
revoke execute on function crm.organization_tree(uuid) from public;
grant execute on function crm.organization_tree(uuid) to authenticated, service_role;

alter table crm.organizations enable row level security;

grant select, insert, update, delete on crm.organizations to authenticated, service_role;

create policy organizations_tenant_wall on crm.organizations as restrictive for all to authenticated
    using (tenant_id = any (array(select private.tenants_as('viewer'))));
create policy organizations_select_live on crm.organizations for select to authenticated
    using (deleted_at is null);
create policy organizations_select_manager on crm.organizations for select to authenticated
    using (tenant_id = any (array(select private.tenants_as('manager'))));
create policy organizations_insert_rep on crm.organizations for insert to authenticated
    with check (
        owner_id = (select auth.uid())
        and tenant_id = any (array(select private.tenants_as('rep')))
    );
create policy organizations_update_owner on crm.organizations for update to authenticated
    using (owner_id = (select auth.uid()));
create policy organizations_update_manager on crm.organizations for update to authenticated
    using (tenant_id = any (array(select private.tenants_as('manager'))));
create policy organizations_delete_admin on crm.organizations for delete to authenticated
    using (tenant_id = any (array(select private.tenants_as('admin'))));
