-- Tags, and what they are tied to.

create table crm.tags (
    id uuid primary key default gen_random_uuid(),
    tenant_id uuid not null,
    name text not null,
    color crm.hex_color not null default '#808080',
    created_at timestamptz not null default now(),
    constraint tags_tenant_id_key unique (tenant_id, id),
    constraint tags_tenant_fk foreign key (tenant_id) references crm.tenants (id) on delete cascade,
    constraint tags_name_length check (length(name) between 1 and 40)
);

create unique index tags_name_idx on crm.tags (tenant_id, lower(name));

create table crm.contact_tags (
    tenant_id uuid not null,
    contact_id uuid not null,
    tag_id uuid not null,
    added_by uuid default auth.uid(),
    added_at timestamptz not null default now(),
    primary key (contact_id, tag_id),
    constraint contact_tags_contact_fk foreign key (tenant_id, contact_id)
        references crm.contacts (tenant_id, id) on delete cascade,
    constraint contact_tags_tag_fk foreign key (tenant_id, tag_id)
        references crm.tags (tenant_id, id) on delete cascade
);

create index contact_tags_tag_idx on crm.contact_tags (tenant_id, tag_id);

create table crm.organization_tags (
    tenant_id uuid not null,
    organization_id uuid not null,
    tag_id uuid not null,
    added_by uuid default auth.uid(),
    added_at timestamptz not null default now(),
    primary key (organization_id, tag_id),
    constraint organization_tags_organization_fk foreign key (tenant_id, organization_id)
        references crm.organizations (tenant_id, id) on delete cascade,
    constraint organization_tags_tag_fk foreign key (tenant_id, tag_id)
        references crm.tags (tenant_id, id) on delete cascade
);

create index organization_tags_tag_idx on crm.organization_tags (tenant_id, tag_id);

alter table crm.tags enable row level security;
alter table crm.contact_tags enable row level security;
alter table crm.organization_tags enable row level security;

grant select, insert, update, delete on crm.tags to authenticated, service_role;
grant select, insert, delete on crm.contact_tags, crm.organization_tags to authenticated, service_role;

create policy tags_select_member on crm.tags for select to authenticated
    using (tenant_id = any (array(select private.tenants_as('viewer'))));
create policy tags_insert_rep on crm.tags for insert to authenticated
    with check (tenant_id = any (array(select private.tenants_as('rep'))));
create policy tags_update_manager on crm.tags for update to authenticated
    using (tenant_id = any (array(select private.tenants_as('manager'))));
create policy tags_delete_manager on crm.tags for delete to authenticated
    using (tenant_id = any (array(select private.tenants_as('manager'))));

create policy contact_tags_select_visible on crm.contact_tags for select to authenticated
    using (exists (select from crm.contacts as c where c.id = contact_id));
create policy contact_tags_insert_rep on crm.contact_tags for insert to authenticated
    with check (
        tenant_id = any (array(select private.tenants_as('rep')))
        and exists (select from crm.contacts as c where c.id = contact_id)
    );
create policy contact_tags_delete_rep on crm.contact_tags for delete to authenticated
    using (tenant_id = any (array(select private.tenants_as('rep'))));

create policy organization_tags_select_visible on crm.organization_tags for select to authenticated
    using (exists (select from crm.organizations as o where o.id = organization_id));
create policy organization_tags_insert_rep on crm.organization_tags for insert to authenticated
    with check (
        tenant_id = any (array(select private.tenants_as('rep')))
        and exists (select from crm.organizations as o where o.id = organization_id)
    );
create policy organization_tags_delete_rep on crm.organization_tags for delete to authenticated
    using (tenant_id = any (array(select private.tenants_as('rep'))));
