-- The people that the tenant talks to. A contact is seen by its owner, by its team and by managers;
-- archived ones (deleted_at) by managers only.

create table crm.contacts (
    id uuid primary key default gen_random_uuid(),
    tenant_id uuid not null,
    organization_id uuid,
    owner_id uuid not null default auth.uid(),
    team_id uuid,
    first_name text not null,
    last_name text not null,
    email crm.email_address,
    phone crm.phone_number,
    job_title text,
    status crm.contact_status not null default 'lead',
    source text not null default 'manual',
    merged_into uuid,
    deleted_at timestamptz,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint contacts_tenant_id_key unique (tenant_id, id),
    constraint contacts_tenant_fk foreign key (tenant_id) references crm.tenants (id) on delete cascade,
    constraint contacts_organization_fk foreign key (tenant_id, organization_id)
        references crm.organizations (tenant_id, id) on delete set null (organization_id),
    constraint contacts_owner_fk foreign key (owner_id) references auth.users (id),
    constraint contacts_team_fk foreign key (tenant_id, team_id)
        references crm.teams (tenant_id, id) on delete set null (team_id),
    constraint contacts_merged_into_fk foreign key (tenant_id, merged_into)
        references crm.contacts (tenant_id, id) on delete set null (merged_into),
    constraint contacts_first_name_length check (length(first_name) <= 80),
    constraint contacts_last_name_length check (length(last_name) between 1 and 80),
    constraint contacts_source_known check (source in ('manual', 'import', 'web', 'referral', 'event')),
    constraint contacts_merged_is_archived check (merged_into is null or deleted_at is not null),
    constraint contacts_not_merged_into_self check (merged_into <> id)
);

create index contacts_organization_idx on crm.contacts (tenant_id, organization_id);
create index contacts_owner_idx on crm.contacts (owner_id);
create index contacts_team_idx on crm.contacts (tenant_id, team_id);
create index contacts_page_idx on crm.contacts (tenant_id, last_name, first_name, id) where deleted_at is null;
create index contacts_merged_into_idx on crm.contacts (tenant_id, merged_into) where merged_into is not null;
create unique index contacts_email_idx on crm.contacts (tenant_id, lower(email)) where deleted_at is null;

create trigger contacts_touch before update on crm.contacts
    for each row execute function private.touch_updated_at();

alter table crm.contacts enable row level security;

grant select, insert, update, delete on crm.contacts to authenticated, service_role;

create policy contacts_tenant_wall on crm.contacts as restrictive for all to authenticated
    using (tenant_id = any (array(select private.tenants_as('viewer'))));
create policy contacts_select_owner on crm.contacts for select to authenticated
    using (owner_id = (select auth.uid()) and deleted_at is null);
create policy contacts_select_team on crm.contacts for select to authenticated
    using (team_id = any (array(select private.my_teams())) and deleted_at is null);
create policy contacts_select_manager on crm.contacts for select to authenticated
    using (tenant_id = any (array(select private.tenants_as('manager'))));
create policy contacts_insert_rep on crm.contacts for insert to authenticated
    with check (
        owner_id = (select auth.uid())
        and tenant_id = any (array(select private.tenants_as('rep')))
    );
create policy contacts_update_owner on crm.contacts for update to authenticated
    using (owner_id = (select auth.uid()));
create policy contacts_update_team on crm.contacts for update to authenticated
    using (
        team_id = any (array(select private.my_teams()))
        and tenant_id = any (array(select private.tenants_as('rep')))
    );
create policy contacts_update_manager on crm.contacts for update to authenticated
    using (tenant_id = any (array(select private.tenants_as('manager'))));
create policy contacts_delete_admin on crm.contacts for delete to authenticated
    using (tenant_id = any (array(select private.tenants_as('admin'))));
