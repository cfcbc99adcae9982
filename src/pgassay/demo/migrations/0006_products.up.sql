-- What the tenant sells. A tenant may open its catalogue to everyone: then anon reads the active
-- products, and nothing else of the whole schema.

create table crm.products (
    id uuid primary key default gen_random_uuid(),
    tenant_id uuid not null,
    sku crm.sku not null,
    name text not null,
    unit_price numeric(12, 2) not null,
    currency crm.currency_code not null default 'EUR',
    is_active boolean not null default true,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint products_tenant_id_key unique (tenant_id, id),
    constraint products_sku_key unique (tenant_id, sku),
    constraint products_tenant_fk foreign key (tenant_id) references crm.tenants (id) on delete cascade,
    constraint products_name_length check (length(name) between 1 and 120),
    constraint products_unit_price_range check (unit_price >= 0)
);

create trigger products_touch before update on crm.products
    for each row execute function private.touch_updated_at();

create function private.public_catalogs() returns setof uuid
    language sql stable security definer
    set search_path = ''
as $$
    select id
    from crm.tenants
    where public_catalog
$$;

revoke execute on function private.public_catalogs() from public;
grant execute on function private.public_catalogs() to anon, service_role;

alter table crm.products enable row level security;

grant select on crm.products to anon;
grant select, insert, update, delete on crm.products to authenticated, service_role;

create policy products_select_public on crm.products for select to anon
    using (is_active and tenant_id = any (array(select private.public_catalogs())));
create policy products_select_member on crm.products for select to authenticated
    using (tenant_id = any (array(select private.tenants_as('viewer'))));
create policy products_write_manager on crm.products for all to authenticated
    using (tenant_id = any (array(select private.tenants_as('manager'))));
